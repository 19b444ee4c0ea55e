package io.github.strait.elf;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Writes small ELF files: a header, segments, a dynamic section, symbols and strings. */
public final class ElfSample {
    private static final long BASE = 0x10000;

    private final boolean isWide;
    private final ByteOrder order;
    private final int machine;
    private String interpreter = "";
    private final List<String> needed = new ArrayList<>();
    private String rpath = "";
    private String runpath = "";
    private final List<String> imports = new ArrayList<>();
    private final List<String> exports = new ArrayList<>();
    private boolean isStatic;
    private boolean isGo;
    private boolean hasOldHash;

    ElfSample(boolean isWide, ByteOrder order, int machine) {
        this.isWide = isWide;
        this.order = order;
        this.machine = machine;
    }

    /** For x86_64. */
    public static ElfSample usual() {
        return new ElfSample(true, ByteOrder.LITTLE_ENDIAN, 62);
    }

    public ElfSample interpreter(String path) {
        interpreter = path;
        return this;
    }

    public ElfSample needs(String... names) {
        needed.addAll(List.of(names));
        return this;
    }

    public ElfSample rpath(String folders) {
        rpath = folders;
        return this;
    }

    public ElfSample runpath(String folders) {
        runpath = folders;
        return this;
    }

    public ElfSample imports(String... names) {
        imports.addAll(List.of(names));
        return this;
    }

    public ElfSample exports(String... names) {
        exports.addAll(List.of(names));
        return this;
    }

    public ElfSample linkedStatically() {
        isStatic = true;
        return this;
    }

    public ElfSample ofGo() {
        isGo = true;
        return this;
    }

    public ElfSample withOldHash() {
        hasOldHash = true;
        return this;
    }

    public void write(Path file) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.write(file, bytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    byte[] bytes() {
        ByteArrayOutputStream strings = new ByteArrayOutputStream();
        strings.write(0);
        int word = isWide ? 8 : 4;
        List<long[]> entries = new ArrayList<>();
        needed.forEach(name -> entries.add(new long[] {1, add(strings, name)}));
        if (!rpath.isEmpty()) {
            entries.add(new long[] {15, add(strings, rpath)});
        }
        if (!runpath.isEmpty()) {
            entries.add(new long[] {29, add(strings, runpath)});
        }
        int size = isWide ? 24 : 16;
        ByteBuffer symbols = buffer(size * (1 + imports.size() + exports.size()));
        symbols.position(size);
        imports.forEach(name -> symbol(symbols, add(strings, name), 0));
        exports.forEach(name -> symbol(symbols, add(strings, name), 7));
        int header = isWide ? 64 : 52;
        int segment = isWide ? 56 : 32;
        int at = header + 4 * segment;
        int hash = at;
        int symbolsAt = hash + 32 + 4 * exports.size();
        int stringsAt = symbolsAt + symbols.capacity();
        int dynamicAt = stringsAt + strings.size() + 7 & ~7;
        entries.add(new long[] {5, BASE + stringsAt});
        entries.add(new long[] {10, strings.size()});
        entries.add(new long[] {6, BASE + symbolsAt});
        entries.add(new long[] {hasOldHash ? 4 : 0x6ffffef5L, BASE + hash});
        entries.add(new long[] {0, 0});
        int dynamicSize = entries.size() * 2 * word;
        int interpreterAt = dynamicAt + dynamicSize;
        byte[] path = (interpreter + "\0").getBytes(StandardCharsets.UTF_8);
        int noteAt = interpreterAt + path.length + 7 & ~7;
        ByteBuffer out = buffer(noteAt + 24);
        header(out, header, segment);
        segment(out, header, 1, 0, BASE, out.capacity());
        segment(out, header + segment, isStatic ? 0 : 2, dynamicAt, BASE + dynamicAt, dynamicSize);
        segment(out, header + 2 * segment, interpreter.isEmpty() ? 0 : 3, interpreterAt, 0, path.length);
        segment(out, header + 3 * segment, isGo ? 4 : 0, noteAt, 0, 16);
        int first = 1 + imports.size();
        out.putInt(hash, 1).putInt(hash + 4, first + (hasOldHash ? exports.size() : 0));
        if (!hasOldHash && !exports.isEmpty()) {
            out.putInt(hash + 16, first).putInt(hash + 16 + 4 * exports.size(), 1);
        }
        out.position(symbolsAt).put(symbols.array());
        out.position(stringsAt).put(strings.toByteArray());
        out.position(dynamicAt);
        for (long[] entry : entries) {
            number(out, entry[0]);
            number(out, entry[1]);
        }
        out.position(interpreterAt).put(path);
        out.putInt(noteAt, 4).position(noteAt + 12).put("Go\0\0".getBytes(StandardCharsets.US_ASCII));
        return out.array();
    }

    private void header(ByteBuffer out, int header, int segment) {
        out.put(new byte[] {
            0x7f, 'E', 'L', 'F', (byte) (isWide ? 2 : 1), (byte) (order == ByteOrder.LITTLE_ENDIAN ? 1 : 2)
        });
        out.putShort(16, (short) 3).putShort(18, (short) machine);
        if (isWide) {
            out.putLong(32, header);
        } else {
            out.putInt(28, header);
        }
        out.putShort(isWide ? 54 : 42, (short) segment).putShort(isWide ? 56 : 44, (short) 4);
    }

    private void segment(ByteBuffer out, int at, int type, long offset, long address, long size) {
        out.putInt(at, type);
        if (isWide) {
            out.putLong(at + 8, offset).putLong(at + 16, address).putLong(at + 32, size);
        } else {
            out.putInt(at + 4, (int) offset).putInt(at + 8, (int) address).putInt(at + 16, (int) size);
        }
    }

    private void symbol(ByteBuffer out, int name, int section) {
        int at = out.position();
        out.putInt(at, name);
        out.put(at + (isWide ? 4 : 12), (byte) 0x12);
        out.putShort(at + (isWide ? 6 : 14), (short) section);
        out.position(at + (isWide ? 24 : 16));
    }

    private void number(ByteBuffer out, long value) {
        if (isWide) {
            out.putLong(value);
        } else {
            out.putInt((int) value);
        }
    }

    private ByteBuffer buffer(int size) {
        return ByteBuffer.allocate(size).order(order);
    }

    private static int add(ByteArrayOutputStream strings, String text) {
        int at = strings.size();
        strings.writeBytes((text + "\0").getBytes(StandardCharsets.UTF_8));
        return at;
    }
}
