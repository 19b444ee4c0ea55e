package io.github.strait.bpf;

import com.google.common.collect.ImmutableList;
import com.google.common.io.BaseEncoding;
import io.github.strait.bpf.Instruction.Return;
import io.github.strait.profile.Condition;
import io.github.strait.profile.Operator;
import io.github.strait.profile.Profile;
import io.github.strait.profile.Rule;
import io.github.strait.syscall.Arch;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** The installed libseccomp as a compiler: one process for many profiles. */
final class Libseccomp implements AutoCloseable {
    private static final String SOURCE = "src/test/resources/io/github/strait/bpf/libseccomp.c";

    /** SIGVTALRM ended it. */
    private static final String ENDLESS = "failed: signal 26";

    private final Process process;
    private final Writer requests;
    private final BufferedReader answers;
    private final String version;

    /** How libseccomp looks for a number: {@code SCMP_FLTATR_CTL_OPTIMIZE}. */
    enum Order {
        /** One after the other. */
        DEFAULT(1),
        /** A binary tree. */
        TREE(2);

        private final int level;

        Order(int level) {
            this.level = level;
        }
    }

    /** It used up its time: some sets of rules it adds for ever. */
    static final class EndlessException extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    private Libseccomp(Process process) throws IOException {
        this.process = process;
        this.requests = process.outputWriter(StandardCharsets.UTF_8);
        this.answers = process.inputReader(StandardCharsets.UTF_8);
        this.version = answers.readLine();
    }

    /** Compiles the program in this folder and starts it. */
    static Libseccomp start(Path folder) throws IOException, InterruptedException {
        Path program = folder.resolve("libseccomp");
        Process gcc = new ProcessBuilder(
                        "gcc", "-O1", "-Wall", "-Werror", "-o", program.toString(), SOURCE, "-lseccomp")
                .inheritIO()
                .start();
        if (gcc.waitFor() != 0) {
            throw new IllegalStateException("gcc failed (apt-get install libseccomp-dev)");
        }
        return new Libseccomp(new ProcessBuilder(program.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    /** Such as {@code 2.5.4}. */
    String version() {
        return version;
    }

    /** The filter that runc and crun would have it make of the profile, rule by rule. */
    Program compile(Profile profile, Order order) throws IOException {
        String arches = profile.architectures().stream().map(Arch::label).collect(Collectors.joining(" "));
        requests.write("filter " + profile.defaultDecision().returnValue() + " " + order.level + " " + arches + "\n");
        for (Rule rule : profile.rules()) {
            if (!rule.decision().equals(profile.defaultDecision())) {
                for (String name : rule.names()) {
                    request(rule, name);
                }
            }
        }
        requests.write("end\n");
        requests.flush();
        String answer = answers.readLine();
        if (answer != null && answer.equals(ENDLESS)) {
            throw new EndlessException();
        }
        if (answer == null || answer.startsWith("failed")) {
            throw new IllegalStateException(answer + " for " + profile);
        }
        byte[] bytes = BaseEncoding.base16().lowerCase().decode(answer);
        return profile.architectures().first().isBigEndian()
                ? repaired(Program.decode(bytes, ByteOrder.BIG_ENDIAN))
                : Program.decode(bytes, ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * For the other byte order than the host's, 2.5.4 swaps the value of a return twice when it copies the return because a
     * branch cannot reach it: no filter for its own host has that fault, so that here it is undone.
     */
    private static Program repaired(Program program) {
        return new Program(program.instructions().stream()
                .map(instruction -> instruction instanceof Return answer
                                && new ProgramResult(answer.value(), 0)
                                                .decision()
                                                .returnValue()
                                        != answer.value()
                        ? new Return(Integer.reverseBytes(answer.value()))
                        : instruction)
                .collect(ImmutableList.toImmutableList()));
    }

    private void request(Rule rule, String name) throws IOException {
        List<List<Condition>> clauses =
                rule.isSplit() ? rule.conditions().stream().map(List::of).toList() : List.of(rule.conditions());
        for (List<Condition> clause : clauses) {
            String conditions = clause.stream()
                    .map(condition -> " " + condition.index() + " " + operator(condition.operator()) + " "
                            + Long.toUnsignedString(condition.value()) + " "
                            + Long.toUnsignedString(condition.valueTwo()))
                    .collect(Collectors.joining());
            requests.write("rule " + rule.decision().returnValue() + " " + name + conditions + "\n");
        }
    }

    /** {@code enum scmp_compare}. */
    private static int operator(Operator operator) {
        return switch (operator) {
            case NE -> 1;
            case LT -> 2;
            case LE -> 3;
            case EQ -> 4;
            case GE -> 5;
            case GT -> 6;
            case MASKED_EQ -> 7;
        };
    }

    @Override
    public void close() throws IOException {
        requests.close();
        process.destroy();
    }
}
