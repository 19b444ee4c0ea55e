package io.github.strait.live;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.common.collect.ImmutableList;
import com.google.common.io.MoreFiles;
import com.google.common.io.RecursiveDeleteOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A sandbox of bubblewrap. It takes a compiled filter, which libseccomp makes here.
 *
 * @param root the folder that the program sees as {@code /}
 * @param seccomp {@code linux.seccomp}, in the runtime specification's form, without conditions but under masks
 */
record Sandbox(RootFileSystem root, byte[] seccomp) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path COMPILER = Path.of("src/test/resources/io/github/strait/live/bpf.c");

    /** bubblewrap always sets no_new_privs. */
    private static final String RUN = "gcc -O1 -Wall -Werror -o compile \"$1\" -lseccomp && ./compile <rules >filter"
            + " && exec 9<filter && exec bwrap --seccomp 9 --ro-bind \"$2\" / --proc /proc --dev /dev \"$3\"";

    /** Runs a program to its end in a new sandbox. */
    Outcome run(String program) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("strait-sandbox-");
        try {
            Files.writeString(folder.resolve("rules"), rules());
            String compiler = COMPILER.toAbsolutePath().toString();
            return Outcome.of(
                    folder,
                    ImmutableList.of(
                            "sh", "-c", RUN, "sh", compiler, root.folder().toString(), program));
        } finally {
            MoreFiles.deleteRecursively(folder, RecursiveDeleteOption.ALLOW_INSECURE);
        }
    }

    private String rules() throws IOException {
        JsonNode document = JSON.readTree(seccomp);
        StringBuilder rules = new StringBuilder();
        rules.append(document.required("defaultErrnoRet").asInt()).append(" *\n");
        for (JsonNode rule : document.required("syscalls")) {
            boolean allows = rule.required("action").asText().equals("SCMP_ACT_ALLOW");
            if (!allows && !rule.required("action").asText().equals("SCMP_ACT_ERRNO")) {
                throw new IllegalStateException("more than this understands: " + rule);
            }
            int errno = allows ? 0 : rule.required("errnoRet").asInt();
            String conditions = conditions(rule);
            rule.required("names").forEach(name -> rules.append(errno + " " + name.asText() + conditions + "\n"));
        }
        return rules.toString();
    }

    private static String conditions(JsonNode rule) {
        StringBuilder conditions = new StringBuilder();
        rule.path("args").forEach(condition -> {
            if (!condition.required("op").asText().equals("SCMP_CMP_MASKED_EQ")) {
                throw new IllegalStateException("more than this understands: " + rule);
            }
            for (String part : List.of("index", "value", "valueTwo")) {
                conditions.append(" " + condition.required(part).asText());
            }
        });
        return conditions.toString();
    }
}
