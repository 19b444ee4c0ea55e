package io.github.strait.derive;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import io.github.strait.diagnostic.Nearest;
import io.github.strait.diagnostic.RefusalException;
import io.github.strait.syscall.Syscalls;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A person's word over the evidence: calls to allow that no run shows, and calls to deny although one does.
 *
 * @param allowed why each is allowed, by libseccomp name
 * @param denied how and why each is denied, by libseccomp name; no call is both
 */
public record Overrides(ImmutableSortedMap<String, String> allowed, ImmutableSortedMap<String, DenyRequest> denied) {
    /** The evidence and the layers decide alone. */
    public static final Overrides NONE = new Overrides(ImmutableSortedMap.of(), ImmutableSortedMap.of());

    /** The name of the layer of the calls that are allowed so. */
    public static final String LAYER = "asked";

    private static final Splitter COMMA = Splitter.on(',').trimResults();

    /**
     * How a call is denied.
     *
     * @param errno the error it gets; empty for what an unlisted call gets
     * @param reason why
     */
    public record DenyRequest(Optional<String> errno, String reason) {}

    public Overrides {
        for (String name : denied.keySet()) {
            if (allowed.containsKey(name)) {
                throw RefusalException.usage("'" + name + "' is both allowed and denied; take one of them out");
            }
        }
    }

    /**
     * Reads the words of the command line: {@code CALL[,CALL...]} or {@code CALL:REASON} to allow, and the same with
     * {@code =ERRNO} after the name to deny.
     *
     * @throws RefusalException for an unknown name, or a call that is in both lists
     */
    public static Overrides parse(List<String> allow, List<String> deny) {
        TreeMap<String, String> allowed = new TreeMap<>();
        for (Word word : words(allow)) {
            allowed.put(known(word.text()), word.reason("--allow " + word.text()));
        }
        TreeMap<String, DenyRequest> denied = new TreeMap<>();
        for (Word word : words(deny)) {
            int equals = word.text().indexOf('=');
            String name = known(equals < 0 ? word.text() : word.text().substring(0, equals));
            Optional<String> errno =
                    equals < 0 ? Optional.empty() : Optional.of(word.text().substring(equals + 1));
            errno.ifPresent(DeriveOptions::checkErrno);
            DenyRequest request = new DenyRequest(errno, word.reason("--deny " + word.text()));
            DenyRequest before = denied.put(name, request);
            if (before != null && !before.errno().equals(errno)) {
                throw RefusalException.usage("'" + name + "' is denied in two ways; take one --deny out");
            }
        }
        return new Overrides(ImmutableSortedMap.copyOf(allowed), ImmutableSortedMap.copyOf(denied));
    }

    /** A call and what the user said of it. */
    private record Word(String text, String said) {
        String reason(String option) {
            return said.isEmpty() ? option : said + " (" + option + ")";
        }
    }

    private static ImmutableList<Word> words(List<String> arguments) {
        ImmutableList.Builder<Word> words = ImmutableList.builder();
        for (String argument : arguments) {
            int colon = argument.indexOf(':');
            String said = colon < 0 ? "" : argument.substring(colon + 1).strip();
            COMMA.splitToStream(colon < 0 ? argument : argument.substring(0, colon))
                    .forEach(text -> words.add(new Word(text, said)));
        }
        return words.build();
    }

    private static String known(String name) {
        if (Syscalls.names().contains(name)) {
            return name;
        }
        String meant = Nearest.of(name, Syscalls.names())
                .map(known -> "; did you mean '" + known + "'?")
                .orElse("; see: strait syscalls");
        throw RefusalException.usage("unknown system call '" + name + "'" + meant);
    }

    /** The calls that are allowed, as a layer; empty when there are none. */
    public Optional<Layer> layer() {
        return allowed.isEmpty()
                ? Optional.empty()
                : Optional.of(new Layer(LAYER, "allowed by request, whatever the evidence shows", allowed));
    }
}
