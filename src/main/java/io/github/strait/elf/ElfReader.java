package io.github.strait.elf;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.function.Predicate;

/** Reads ELF files of both classes and byte orders, by their segments alone: strip leaves those. */
final class ElfReader {
    private static final int MOST_INTERPRETER = 4096;
    private static final int MOST_NOTES = 1 << 16;
    private static final int SCRIPT = 256;

    private ElfReader() {}

    /**
     * Reads a program or library.
     *
     * @param wanted which names of functions to keep
     * @throws ElfException when it is not one
     */
    static ElfFile read(Path path, Predicate<String> wanted) throws IOException {
        try (FileChannel channel = open(path)) {
            FileBytes file = new FileBytes(channel);
            ElfHeader header = ElfHeader.read(file);
            DynamicSection section = DynamicSection.read(file, header, wanted);
            return new ElfFile(
                    header.arch(),
                    header.format(),
                    interpreter(file, header),
                    section.isThere(),
                    section.needed(),
                    section.rpath(),
                    section.runpath(),
                    section.imports(),
                    isGo(file, header));
        }
    }

    /** The interpreter in the first line of a script; empty for any other file. */
    static Optional<String> script(Path path) throws IOException {
        try (FileChannel channel = open(path)) {
            ByteBuffer head = new FileBytes(channel).head(0, SCRIPT, ByteOrder.BIG_ENDIAN);
            String text = StandardCharsets.UTF_8.decode(head).toString();
            if (!text.startsWith("#!")) {
                return Optional.empty();
            }
            String line = text.substring(2).lines().findFirst().orElse("").strip();
            int end = 0;
            while (end < line.length() && line.charAt(end) != ' ' && line.charAt(end) != '\t') {
                end++;
            }
            return end == 0 ? Optional.empty() : Optional.of(line.substring(0, end));
        }
    }

    /** Opens regular files only: others could make the reader wait. */
    private static FileChannel open(Path path) throws IOException {
        if (!Files.isRegularFile(path)) {
            throw new ElfException(Files.exists(path) ? "is not a regular file" : "is not there");
        }
        return FileChannel.open(path, StandardOpenOption.READ);
    }

    private static Optional<String> interpreter(FileBytes file, ElfHeader header) throws IOException {
        Optional<ElfHeader.Segment> segment = header.segment(ElfHeader.PT_INTERP);
        if (segment.isEmpty()) {
            return Optional.empty();
        }
        ByteBuffer bytes = file.read(
                segment.get().offset(), segment.get().size(), MOST_INTERPRETER, header.order(), "the interpreter");
        return Optional.of(DynamicSection.text(bytes, 0));
    }

    private static boolean isGo(FileBytes file, ElfHeader header) throws IOException {
        for (ElfHeader.Segment segment : header.segments()) {
            if (segment.type() == ElfHeader.PT_NOTE && segment.size() <= MOST_NOTES) {
                ByteBuffer notes = file.read(segment.offset(), segment.size(), MOST_NOTES, header.order(), "the notes");
                if (hasGoNote(notes)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Notes are aligned to four bytes here; those of others are not of Go. */
    private static boolean hasGoNote(ByteBuffer notes) {
        int at = 0;
        while (at >= 0 && at <= notes.limit() - 16) {
            long name = notes.getInt(at) & 0xffffffffL;
            long content = notes.getInt(at + 4) & 0xffffffffL;
            if (name == 4 && notes.get(at + 12) == 'G' && notes.get(at + 13) == 'o' && notes.get(at + 14) == 0) {
                return true;
            }
            long next = at + 12 + (name + 3 & ~3L) + (content + 3 & ~3L);
            at = next > notes.limit() ? -1 : (int) next;
        }
        return false;
    }
}
