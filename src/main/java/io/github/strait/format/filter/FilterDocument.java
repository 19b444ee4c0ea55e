package io.github.strait.format.filter;

import com.google.common.collect.ImmutableList;
import com.google.common.io.BaseEncoding;
import io.github.strait.bpf.FilterStack;
import io.github.strait.bpf.Program;
import io.github.strait.diagnostic.RefusalException;
import io.github.strait.diagnostic.SourcePosition;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Filters as bytes: one alone, {@code struct sock_filter[]}, or those of a task as a {@link #dump}.
 *
 * @param order of the machine that they are for
 * @param notes what is to be said about the task
 */
public record FilterDocument(FilterStack stack, ByteOrder order, ImmutableList<String> notes) {
    private static final String DUMP = "seccomp filters, the oldest first\n";
    private static final String NOTE = "# ";
    private static final int INSTRUCTION = 8;

    /** The low bytes of the opcodes that return; no other one ends a program. */
    private static final int RETURNS = 0x06;

    private static final int RETURNS_A = 0x16;

    /**
     * The filters of a task as one document.
     *
     * @param filters the oldest first
     * @param notes what is to be said about the task
     */
    public static byte[] dump(List<byte[]> filters, List<String> notes) {
        StringBuilder dump = new StringBuilder(DUMP);
        notes.forEach(note -> dump.append(NOTE).append(note).append('\n'));
        filters.forEach(filter ->
                dump.append(BaseEncoding.base16().lowerCase().encode(filter)).append('\n'));
        return dump.toString().getBytes(StandardCharsets.US_ASCII);
    }

    /** Whether a document begins like filters: opcodes are two bytes, one of which is always 0, and text has none. */
    static boolean begins(String start) {
        return start.startsWith(DUMP)
                || start.length() >= 2
                        && (start.charAt(0) == 0 || start.charAt(1) == 0)
                        && start.charAt(0) != '{'
                        && start.charAt(1) != '{'
                        && start.charAt(0) != '['
                        && start.charAt(1) != '[';
    }

    /**
     * The filters of a document.
     *
     * @throws RefusalException when the kernel takes no such filter
     */
    static FilterDocument of(String file, byte[] content) {
        String text = new String(content, StandardCharsets.ISO_8859_1);
        if (!text.startsWith(DUMP)) {
            ByteOrder order = order(content);
            return new FilterDocument(FilterStack.of(program(file, content, order)), order, ImmutableList.of());
        }
        ImmutableList.Builder<Program> programs = ImmutableList.builder();
        ImmutableList.Builder<String> notes = ImmutableList.builder();
        ByteOrder order = ByteOrder.nativeOrder();
        for (String line : text.substring(DUMP.length()).lines().toList()) {
            if (line.startsWith(NOTE)) {
                notes.add(line.substring(NOTE.length()));
                continue;
            }
            if (!BaseEncoding.base16().lowerCase().canDecode(line)) {
                throw refusal(file, "is cut or damaged");
            }
            byte[] filter = BaseEncoding.base16().lowerCase().decode(line);
            order = order(filter);
            programs.add(program(file, filter, order));
        }
        ImmutableList<Program> all = programs.build();
        if (all.isEmpty()) {
            throw refusal(file, "has no filter");
        }
        return new FilterDocument(new FilterStack(all), order, notes.build());
    }

    /** Told by the last instruction. */
    private static ByteOrder order(byte[] content) {
        int last = content.length / INSTRUCTION * INSTRUCTION - INSTRUCTION;
        return last >= 0 && content[last] == 0 && (content[last + 1] == RETURNS || content[last + 1] == RETURNS_A)
                ? ByteOrder.BIG_ENDIAN
                : ByteOrder.LITTLE_ENDIAN;
    }

    private static Program program(String file, byte[] content, ByteOrder order) {
        try {
            return Program.read(content, order);
        } catch (RefusalException e) {
            throw e.at(SourcePosition.ofFile(file));
        }
    }

    private static RefusalException refusal(String file, String what) {
        return RefusalException.of("unreadable-profile", SourcePosition.ofFile(file), what);
    }
}
