package io.github.strait.elf;

import io.github.strait.syscall.Arch;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The header of an ELF file and its segments.
 *
 * @param isWide whether addresses have 64 bits
 * @param machine {@code e_machine}
 * @param flags {@code e_flags}
 */
record ElfHeader(boolean isWide, ByteOrder order, int machine, int flags, List<Segment> segments) {
    static final int PT_LOAD = 1;
    static final int PT_DYNAMIC = 2;
    static final int PT_INTERP = 3;
    static final int PT_NOTE = 4;

    private static final int MAGIC = 0x7f454c46;
    private static final int IDENT = 16;
    private static final int NARROW_SIZE = 52;
    private static final int WIDE_SIZE = 64;
    private static final int NARROW_SEGMENT = 32;
    private static final int WIDE_SEGMENT = 56;
    private static final int MOST_SEGMENTS = 1024;
    private static final int ET_EXEC = 2;
    private static final int ET_DYN = 3;
    private static final int EF_MIPS_ABI2 = 0x20;

    /** A part of the file, and where the loader puts it. */
    record Segment(int type, long offset, long address, long size) {}

    static ElfHeader read(FileBytes file) throws IOException {
        ByteBuffer ident = file.head(0, IDENT, ByteOrder.BIG_ENDIAN);
        if (ident.limit() < IDENT || ident.getInt(0) != MAGIC) {
            throw new ElfException("is not an ELF file");
        }
        int width = ident.get(4);
        int data = ident.get(5);
        if (width < 1 || width > 2 || data < 1 || data > 2) {
            throw new ElfException("is an ELF file of an unknown class or byte order");
        }
        boolean isWide = width == 2;
        ByteOrder order = data == 1 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
        ByteBuffer header = file.read(0, isWide ? WIDE_SIZE : NARROW_SIZE, WIDE_SIZE, order, "the header");
        int type = header.getShort(16) & 0xffff;
        if (type != ET_EXEC && type != ET_DYN) {
            throw new ElfException("is neither a program nor a library");
        }
        return new ElfHeader(
                isWide,
                order,
                header.getShort(18) & 0xffff,
                header.getInt(isWide ? 48 : 36),
                segments(file, header, isWide, order));
    }

    private static List<Segment> segments(FileBytes file, ByteBuffer header, boolean isWide, ByteOrder order)
            throws IOException {
        long at = isWide ? header.getLong(32) : header.getInt(28) & 0xffffffffL;
        int size = header.getShort(isWide ? 54 : 42) & 0xffff;
        int count = header.getShort(isWide ? 56 : 44) & 0xffff;
        int expected = isWide ? WIDE_SEGMENT : NARROW_SEGMENT;
        if (count > 0 && size != expected || count > MOST_SEGMENTS) {
            throw new ElfException("is damaged: its program headers have an unusual size or number");
        }
        ByteBuffer table =
                file.read(at, (long) size * count, WIDE_SEGMENT * MOST_SEGMENTS, order, "the program headers");
        List<Segment> segments = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int start = i * size;
            int type = table.getInt(start);
            segments.add(
                    isWide
                            ? new Segment(
                                    type,
                                    table.getLong(start + 8),
                                    table.getLong(start + 16),
                                    table.getLong(start + 32))
                            : new Segment(
                                    type,
                                    table.getInt(start + 4) & 0xffffffffL,
                                    table.getInt(start + 8) & 0xffffffffL,
                                    table.getInt(start + 16) & 0xffffffffL));
        }
        return segments;
    }

    /** The first segment of a type. */
    Optional<Segment> segment(int type) {
        for (Segment segment : segments) {
            if (segment.type() == type) {
                return Optional.of(segment);
            }
        }
        return Optional.empty();
    }

    /** Where the file has what the loader puts at an address. */
    long offset(long address, String what) throws ElfException {
        for (Segment segment : segments) {
            if (segment.type() == PT_LOAD
                    && Long.compareUnsigned(address, segment.address()) >= 0
                    && Long.compareUnsigned(address - segment.address(), segment.size()) < 0) {
                return segment.offset() + (address - segment.address());
            }
        }
        throw new ElfException("is damaged: " + what + " is in no segment");
    }

    /** Class, byte order and machine. */
    String format() {
        return (isWide ? "64 " : "32 ") + (isLittle() ? "little " : "big ") + machine + (isMiddleMips() ? " n32" : "");
    }

    private boolean isLittle() {
        return order == ByteOrder.LITTLE_ENDIAN;
    }

    private boolean isMiddleMips() {
        return machine == 8 && !isWide && (flags & EF_MIPS_ABI2) != 0;
    }

    /** The ABI of the calls. */
    Optional<Arch> arch() {
        boolean isLittle = isLittle();
        @Nullable
        Arch arch = switch (machine) {
            case 3 -> isWide || !isLittle ? null : Arch.X86;
            case 8 -> mips();
            case 20 -> isWide || isLittle ? null : Arch.PPC;
            case 21 -> !isWide ? null : isLittle ? Arch.PPC64LE : Arch.PPC64;
            case 22 -> isLittle ? null : isWide ? Arch.S390X : Arch.S390;
            case 40 -> isWide || !isLittle ? null : Arch.ARM;
            case 62 -> !isLittle ? null : isWide ? Arch.X86_64 : Arch.X32;
            case 183 -> isWide && isLittle ? Arch.AARCH64 : null;
            case 243 -> isWide && isLittle ? Arch.RISCV64 : null;
            case 258 -> isWide && isLittle ? Arch.LOONGARCH64 : null;
            default -> null;
        };
        return Optional.ofNullable(arch);
    }

    private Arch mips() {
        if (isWide) {
            return isLittle() ? Arch.MIPSEL64 : Arch.MIPS64;
        }
        if (isMiddleMips()) {
            return isLittle() ? Arch.MIPSEL64N32 : Arch.MIPS64N32;
        }
        return isLittle() ? Arch.MIPSEL : Arch.MIPS;
    }
}
