package io.github.strait.format.oci;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import io.github.strait.diagnostic.Severity;
import io.github.strait.format.Engine;
import io.github.strait.format.Reader;
import io.github.strait.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/** Collects the faults of a draft, in the order of the document, for one reader. */
final class DraftFaults {
    private final Reader reader;
    private final boolean guesses;
    private final List<Fault> faults = new ArrayList<>();
    private OptionalInt rule = OptionalInt.empty();

    /** @param guesses whether what no engine reads is taken as it was probably meant */
    DraftFaults(Reader reader, boolean guesses) {
        this.reader = reader;
        this.guesses = guesses;
    }

    Reader reader() {
        return reader;
    }

    boolean guesses() {
        return guesses;
    }

    /** Sets the rule that is being read. */
    void enterRule(int index) {
        rule = OptionalInt.of(index);
    }

    void leaveRule() {
        rule = OptionalInt.empty();
    }

    /** Adds a fault that the given engines refuse; for users of others it is a warning. */
    void refused(Fault.Kind kind, int line, Set<Engine> by, String what, String fix) {
        add(kind, line, by, Severity.WARNING, what, fix);
    }

    void warning(Fault.Kind kind, int line, String what, String fix) {
        add(kind, line, Engines.NONE, Severity.WARNING, what, fix);
    }

    void note(Fault.Kind kind, int line, String what, String fix) {
        add(kind, line, Engines.NONE, Severity.NOTE, what, fix);
    }

    void add(Fault.Kind kind, int line, Set<Engine> by, Severity otherwise, String what, String fix) {
        faults.add(new Fault(kind, line, rule, ImmutableList.of(), what, fix, ImmutableSet.copyOf(by), otherwise));
    }

    /** Adds a fault for a value whose type the engines that read the key do not accept. */
    void wrongType(Json value, String key, String wanted) {
        wrongType(value, key, wanted, Engines.typedReadersOf(key));
    }

    /**
     * Adds a fault for an element of the wrong type. crun takes it for an empty string or object, and refuses that
     * where Go's readers do.
     */
    void wrongElement(Json value, String key, String wanted) {
        wrongType(value, key, wanted, Engines.readersOf(key));
    }

    private void wrongType(Json value, String key, String wanted, Set<Engine> by) {
        refused(
                Fault.Kind.WRONG_TYPE,
                value.line(),
                by,
                "'" + key + "' takes " + wanted + ", not " + value.kind(),
                "write " + wanted);
    }

    void badNumber(Json value, String key, Set<Engine> by, String why) {
        refused(
                Fault.Kind.BAD_NUMBER,
                value.line(),
                by,
                "'" + key + "' is " + (value instanceof Json.Text ? "text" : value.kind()) + why,
                "write an unsigned decimal number without quotes");
    }

    ImmutableList<Fault> all() {
        return ImmutableList.copyOf(faults);
    }
}
