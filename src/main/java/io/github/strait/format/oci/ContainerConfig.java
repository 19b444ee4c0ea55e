package io.github.strait.format.oci;

import com.google.common.collect.ImmutableList;
import io.github.strait.diagnostic.RefusalException;
import io.github.strait.format.DocumentText;
import io.github.strait.format.Engine;
import io.github.strait.format.Reader;
import io.github.strait.json.Json;
import io.github.strait.json.JsonException;
import io.github.strait.json.JsonMembers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * The configuration of a container, as {@code config.json} of a bundle. The profile is a part of it, {@code
 * linux.seccomp}, which runc and crun read as plain OCI.
 */
public final class ContainerConfig {
    /** Without this key no runtime takes a configuration. */
    private static final String VERSION = "ociVersion";

    /** crun 1.8.1 takes the filter in this annotation and then does not look at {@code linux.seccomp}. */
    private static final String FILTER = "run.oci.seccomp_bpf_data";

    private final DocumentText source;

    private ContainerConfig(DocumentText source) {
        this.source = source;
    }

    /** Whether a document is one; false where it is not JSON at all. */
    public static boolean isOne(String file, byte[] document) {
        try {
            return isOne(ProfileJson.read(DocumentText.of(file, document), false));
        } catch (RefusalException e) {
            return false;
        }
    }

    /** Whether a document is one. */
    static boolean isOne(Json root) {
        return root instanceof Json.Fields fields
                && fields.find(VERSION)
                        .filter(version -> version instanceof Json.Text)
                        .isPresent();
    }

    /** The one who reads it for this reader of profiles: an engine leaves it to a runtime. */
    static Reader runtime(Reader reader) {
        return reader.engine() == Engine.CRUN ? reader : new Reader(Engine.RUNC, reader.machine());
    }

    /** What it says of seccomp; empty if nothing. */
    static Optional<Json> seccomp(DraftFaults faults, Json root) {
        if (!(root instanceof Json.Fields fields)) {
            return Optional.empty();
        }
        Optional<Json> filter = fields.find("annotations")
                .flatMap(annotations -> annotations instanceof Json.Fields map ? map.find(FILTER) : Optional.empty());
        DraftObject config = new DraftObject(faults, "the configuration", fields);
        Optional<DraftObject> linux =
                config.take("linux").flatMap(json -> config.object("linux", "'linux' of the configuration", json));
        Optional<Json> seccomp = linux.flatMap(object -> object.take("seccomp"));
        if (seccomp.isPresent()) {
            filter.ifPresent(annotation -> faults.warning(
                    Fault.Kind.UNREAD_ENTRY,
                    annotation.line(),
                    "crun takes the filter of the annotation " + FILTER + " instead of 'linux.seccomp'",
                    "remove one of the two"));
        } else if (filter.isPresent()) {
            faults.refused(
                    Fault.Kind.NO_FILTER,
                    filter.get().line(),
                    Engines.ALL,
                    "the filter is in the annotation " + FILTER + ", which crun runs and runc ignores, and not in"
                            + " 'linux.seccomp'",
                    "read it as a compiled filter, from: jq -r '.annotations[\"" + FILTER
                            + "\"]' config.json | base64 -d");
        } else {
            faults.refused(
                    Fault.Kind.NO_FILTER,
                    linux.map(DraftObject::line).orElse(root.line()),
                    Engines.ALL,
                    "the configuration has no 'linux.seccomp', and its container runs without a filter: every call is"
                            + " allowed",
                    "write a profile into it with: strait convert PROFILE --into FILE");
        }
        return seccomp;
    }

    /**
     * The configuration with a value at this path. Every character outside of the value stays: white space, order,
     * repeated keys, numbers. Objects on the way are made where they are missing.
     *
     * @param file its name in diagnostics
     * @param path the keys that lead to the value
     * @param value JSON that is indented by two spaces
     * @throws RefusalException when it is not a configuration, or a key of the path is ambiguous
     */
    public static byte[] with(String file, byte[] config, List<String> path, String value) {
        DocumentText source = DocumentText.of(file, config);
        if (source.isMalformed()) {
            throw source.error(0, "some bytes are not UTF-8, and crun refuses it; save it as UTF-8");
        }
        Json root = ProfileJson.read(source, false);
        if (!isOne(root)) {
            throw source.error(
                    0,
                    "not the configuration of a container, which has an '" + VERSION
                            + "'; name the config.json of a bundle");
        }
        return new ContainerConfig(source).set(path, value.strip()).getBytes(StandardCharsets.UTF_8);
    }

    private String set(List<String> path, String value) {
        String text = source.text();
        ConfigLayout layout = ConfigLayout.of(text, members(text.indexOf('{')));
        int object = text.indexOf('{');
        for (int depth = 1; ; depth++) {
            ImmutableList<JsonMembers.Member> members = members(object);
            List<String> rest = path.subList(depth - 1, path.size());
            Optional<JsonMembers.Member> found = only(members, rest.get(0), path.subList(0, depth));
            if (found.isEmpty()) {
                return layout.inserted(object, members, depth, rest, value);
            }
            JsonMembers.Member member = found.get();
            boolean isNull = text.startsWith("null", member.start());
            if (rest.size() == 1 || isNull) {
                String replacement = layout.nested(depth, rest.subList(1, rest.size()), value);
                return text.substring(0, member.start()) + replacement + text.substring(member.end());
            }
            if (text.charAt(member.start()) != '{') {
                throw source.error(member.line(), "'" + rest.get(0) + "' is not an object; correct it first");
            }
            object = member.start();
        }
    }

    /** The member that every runtime reads as this key. Go's reader ignores case and unites repeated keys; crun's does not. */
    private Optional<JsonMembers.Member> only(List<JsonMembers.Member> members, String key, List<String> path) {
        List<JsonMembers.Member> found = members.stream()
                .filter(member -> member.name().equalsIgnoreCase(key))
                .toList();
        if (found.size() > 1) {
            throw source.error(
                    found.get(1).line(),
                    "key '" + String.join(".", path)
                            + "' comes twice, and runc and crun read it differently; remove one");
        }
        if (!found.isEmpty() && !found.get(0).name().equals(key)) {
            throw source.error(
                    found.get(0).line(),
                    "key '" + found.get(0).name() + "' is read by runc but not by crun; write '" + key + "'");
        }
        return found.stream().findFirst();
    }

    private ImmutableList<JsonMembers.Member> members(int object) {
        try {
            return JsonMembers.of(source.text(), object);
        } catch (JsonException e) {
            throw source.error(e.line(), e.message());
        }
    }
}
