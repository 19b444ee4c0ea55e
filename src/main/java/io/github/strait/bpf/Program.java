package io.github.strait.bpf;

import com.google.common.base.Preconditions;
import com.google.common.collect.ImmutableList;
import io.github.strait.diagnostic.RefusalException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** A filter that the kernel would load: its constructor makes the kernel's own checks. */
public record Program(ImmutableList<Instruction> instructions) {
    /** The most instructions of one program, {@code BPF_MAXINSNS}. */
    public static final int LIMIT = 4096;

    public Program {
        KernelChecks.check(instructions);
    }

    public int size() {
        return instructions.size();
    }

    /** The {@code struct sock_filter[]} that {@code seccomp(2)} and {@code bwrap --seccomp} take. */
    public byte[] encode(ByteOrder order) {
        ByteBuffer bytes = ByteBuffer.allocate(size() * SockFilter.SIZE).order(order);
        for (Instruction instruction : instructions) {
            SockFilter raw = SockFilter.of(instruction);
            bytes.putShort((short) raw.code())
                    .put((byte) raw.whenTrue())
                    .put((byte) raw.whenFalse())
                    .putInt(raw.k());
        }
        return bytes.array();
    }

    /**
     * The program of such an array.
     *
     * @throws IllegalArgumentException when the kernel would refuse it; the message says why, and where
     */
    public static Program decode(byte[] bytes, ByteOrder order) {
        Preconditions.checkArgument(
                bytes.length % SockFilter.SIZE == 0,
                "%s bytes are not a whole number of 8-byte instructions",
                bytes.length);
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(order);
        ImmutableList.Builder<Instruction> instructions = ImmutableList.builder();
        for (int at = 0; buffer.hasRemaining(); at++) {
            SockFilter raw = new SockFilter(
                    Short.toUnsignedInt(buffer.getShort()),
                    Byte.toUnsignedInt(buffer.get()),
                    Byte.toUnsignedInt(buffer.get()),
                    buffer.getInt());
            try {
                instructions.add(raw.instruction());
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("instruction " + at + ": " + e.getMessage(), e);
            }
        }
        return new Program(instructions.build());
    }

    /**
     * The same for bytes from elsewhere.
     *
     * @throws RefusalException when the kernel would refuse the program; the message says why, and where
     */
    public static Program read(byte[] bytes, ByteOrder order) {
        try {
            return decode(bytes, order);
        } catch (IllegalArgumentException e) {
            RefusalException refusal = RefusalException.of(
                    "unreadable-profile", "is not a filter that the kernel accepts: " + e.getMessage());
            refusal.initCause(e);
            throw refusal;
        }
    }
}
