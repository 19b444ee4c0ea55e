package io.github.strait.observation;

import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import io.github.strait.elf.Libc;
import io.github.strait.elf.ProgramImports;
import io.github.strait.json.JsonWriter;
import io.github.strait.syscall.Arch;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/** The value of {@code "imports"} in an observation: what programs import, a line for each program and library. */
final class ImportsJson {
    static final String KEY = "imports";

    private static final String PROGRAM = "program";
    private static final String KIND = "kind";
    private static final String ARCH = "architecture";
    private static final String LIBC = "libc";
    private static final String FUNCTIONS = "functions";
    private static final String LIBRARIES = "libraries";
    private static final String MISSING = "missing";
    private static final List<String> KEYS = List.of(PROGRAM, KIND, ARCH, LIBC, FUNCTIONS, LIBRARIES, MISSING);

    private ImportsJson() {}

    static void write(Collection<ProgramImports> all, JsonWriter json) {
        if (all.isEmpty()) {
            return;
        }
        json.array(KEY);
        for (ProgramImports each : all) {
            json.object();
            fields(each, json);
            json.end();
        }
        json.end();
    }

    /** Writes the fields of one program into an object. */
    static void fields(ProgramImports each, JsonWriter json) {
        json.field(PROGRAM, each.path());
        json.field(KIND, each.kind().label());
        if (each.arch().isPresent()) {
            json.field(ARCH, each.arch().get().label());
        }
        json.field(LIBC, each.libc().label());
        ObservationWriter.strings(FUNCTIONS, each.own(), json);
        if (!each.libraries().isEmpty()) {
            json.object(LIBRARIES);
            for (Map.Entry<String, ImmutableSortedSet<String>> library :
                    each.libraries().entrySet()) {
                ObservationWriter.strings(library.getKey(), library.getValue(), json);
            }
            json.end();
        }
        ObservationWriter.strings(MISSING, each.missing(), json);
    }

    /** Reads the value from a document; nothing where it has none. */
    static ImmutableSortedSet<ProgramImports> read(ObservationNode root, Consumer<ObservationNode> unknown) {
        TreeSet<ProgramImports> all = new TreeSet<>();
        if (root.has(KEY)) {
            for (ObservationNode at : root.get(KEY).elements()) {
                if (!all.add(program(at, unknown))) {
                    throw at.fault("is listed twice");
                }
            }
        }
        return ImmutableSortedSet.copyOf(all);
    }

    static ProgramImports program(ObservationNode at, Consumer<ObservationNode> unknown) {
        at.expect(KEYS, unknown);
        TreeMap<String, ImmutableSortedSet<String>> libraries = new TreeMap<>();
        if (at.has(LIBRARIES)) {
            ObservationNode inside = at.get(LIBRARIES);
            for (ObservationNode library : inside.properties()) {
                libraries.put(library.key(), functions(inside, library.key()));
            }
        }
        return new ProgramImports(
                at.get(PROGRAM).text(),
                kind(at.get(KIND)),
                at.has(ARCH) ? Optional.of(arch(at.get(ARCH))) : Optional.empty(),
                libc(at.get(LIBC)),
                functions(at, FUNCTIONS),
                ImmutableSortedMap.copyOf(libraries),
                texts(at, MISSING));
    }

    private static ImmutableSortedSet<String> functions(ObservationNode at, String name) {
        for (ObservationNode function : at.optionalTexts(name)) {
            if (!function.text().matches("[A-Za-z_][A-Za-z0-9_]{0,63}")) {
                throw function.fault("is not the name of a function");
            }
        }
        return texts(at, name);
    }

    private static ImmutableSortedSet<String> texts(ObservationNode at, String name) {
        ImmutableSortedSet.Builder<String> texts = ImmutableSortedSet.naturalOrder();
        at.optionalTexts(name).forEach(text -> texts.add(text.text()));
        return texts.build();
    }

    private static ProgramImports.Kind kind(ObservationNode at) {
        return Arrays.stream(ProgramImports.Kind.values())
                .filter(kind -> kind.label().equals(at.text()))
                .findFirst()
                .orElseThrow(() -> at.fault("is not a kind of program: " + ObservationNode.shown(at.text())));
    }

    private static Arch arch(ObservationNode at) {
        return Arch.find(at.text())
                .filter(arch -> arch.label().equals(at.text()))
                .orElseThrow(() -> at.fault("is not an architecture"));
    }

    private static Libc libc(ObservationNode at) {
        return Arrays.stream(Libc.values())
                .filter(libc -> libc.label().equals(at.text()))
                .findFirst()
                .orElseThrow(() -> at.fault("is not a libc: " + ObservationNode.shown(at.text())));
    }
}
