package io.github.strait.elf;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedSet;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The dynamic section of an ELF file.
 *
 * @param isThere whether the file has one
 */
record DynamicSection(
        boolean isThere,
        ImmutableList<String> needed,
        ImmutableList<String> rpath,
        ImmutableList<String> runpath,
        ImmutableSortedSet<String> imports) {
    private static final DynamicSection NONE = new DynamicSection(
            false, ImmutableList.of(), ImmutableList.of(), ImmutableList.of(), ImmutableSortedSet.of());

    private static final long DT_NEEDED = 1;
    private static final long DT_HASH = 4;
    private static final long DT_STRTAB = 5;
    private static final long DT_SYMTAB = 6;
    private static final long DT_STRSZ = 10;
    private static final long DT_RPATH = 15;
    private static final long DT_RUNPATH = 29;
    private static final long DT_GNU_HASH = 0x6ffffef5L;
    private static final long DT_MIPS_SYMTABNO = 0x70000011L;

    private static final int MOST_ENTRIES = 1 << 16;
    private static final int MOST_TEXT = 1 << 25;
    private static final int MOST_NAMES = 1 << 10;
    /** Characters of a name or a list of folders. */
    private static final int LONGEST = 1 << 12;

    /** Bytes of the name of a function that are read: a longer one is passed over, no wanted one is as long. */
    private static final int LONGEST_FUNCTION = 128;

    private static final int MOST_SYMBOLS = 1 << 18;
    private static final int NARROW_SYMBOL = 16;
    private static final int WIDE_SYMBOL = 24;
    private static final int LONGEST_CHAIN = 1 << 16;
    private static final int EM_MIPS = 8;
    private static final int EM_S390 = 22;
    private static final String HASHES = "the table of hashes";
    private static final String STRINGS = "the table of strings";
    private static final int STT_FUNC = 2;
    private static final int STT_GNU_IFUNC = 10;

    /**
     * Reads the section.
     *
     * @param wanted which names of functions to keep
     */
    static DynamicSection read(FileBytes file, ElfHeader header, Predicate<String> wanted) throws IOException {
        Optional<ElfHeader.Segment> segment = header.segment(ElfHeader.PT_DYNAMIC);
        if (segment.isEmpty()) {
            return NONE;
        }
        ByteBuffer entries = file.read(
                segment.get().offset(), segment.get().size(), MOST_ENTRIES, header.order(), "its dynamic section");
        Map<Long, Long> values = new HashMap<>();
        List<Long> needed = new ArrayList<>();
        int width = header.isWide() ? 8 : 4;
        for (int at = 0; at + 2 * width <= entries.limit(); at += 2 * width) {
            long tag = number(entries, at, header);
            long value = number(entries, at + width, header);
            if (tag == 0) {
                break;
            }
            if (tag == DT_NEEDED) {
                needed.add(value);
            }
            values.put(tag, value);
        }
        Long table = values.get(DT_STRTAB);
        if (table == null) {
            return NONE;
        }
        long text = header.offset(table, STRINGS);
        ByteBuffer strings = file.read(text, values.getOrDefault(DT_STRSZ, 0L), MOST_TEXT, header.order(), STRINGS);
        ImmutableList.Builder<String> libraries = ImmutableList.builder();
        for (long name : needed.subList(0, Math.min(needed.size(), MOST_NAMES))) {
            libraries.add(text(strings, name));
        }
        return new DynamicSection(
                true,
                libraries.build(),
                folders(values.get(DT_RPATH), strings),
                folders(values.get(DT_RUNPATH), strings),
                imports(file, header, values, strings, wanted));
    }

    private static ImmutableList<String> folders(@Nullable Long at, ByteBuffer strings) throws ElfException {
        if (at == null) {
            return ImmutableList.of();
        }
        String[] folders = text(strings, at).split(":", MOST_NAMES);
        return ImmutableList.copyOf(folders);
    }

    private static ImmutableSortedSet<String> imports(
            FileBytes file, ElfHeader header, Map<Long, Long> values, ByteBuffer strings, Predicate<String> wanted)
            throws IOException {
        Long table = values.get(DT_SYMTAB);
        if (table == null) {
            return ImmutableSortedSet.of();
        }
        int size = header.isWide() ? WIDE_SYMBOL : NARROW_SYMBOL;
        long at = header.offset(table, "the table of symbols");
        long count = symbols(file, header, values, at, size);
        ByteBuffer symbols =
                file.read(at, count * size, MOST_SYMBOLS * WIDE_SYMBOL, header.order(), "the table of symbols");
        TreeSet<String> names = new TreeSet<>();
        for (int start = size; start < symbols.limit(); start += size) {
            int info = symbols.get(start + (header.isWide() ? 4 : 12)) & 0xff;
            int section = symbols.getShort(start + (header.isWide() ? 6 : 14));
            int type = info & 0xf;
            if (section == 0 && (type == 0 || type == STT_FUNC || type == STT_GNU_IFUNC)) {
                String name = text(strings, symbols.getInt(start) & 0xffffffffL, LONGEST_FUNCTION);
                if (!name.isEmpty() && name.length() < LONGEST_FUNCTION && wanted.test(name)) {
                    names.add(name);
                }
            }
        }
        return ImmutableSortedSet.copyOf(names);
    }

    /** How many symbols there are. No field says so, except on MIPS; a table of hashes does. */
    private static long symbols(FileBytes file, ElfHeader header, Map<Long, Long> values, long at, int size)
            throws IOException {
        Long mips = values.get(DT_MIPS_SYMTABNO);
        if (mips != null && header.machine() == EM_MIPS) {
            return bounded(mips);
        }
        Long hash = values.get(DT_HASH);
        if (hash != null) {
            long table = header.offset(hash, HASHES);
            boolean isLong = header.isWide() && header.machine() == EM_S390;
            ByteBuffer head = file.read(table, isLong ? 16 : 8, 16, header.order(), HASHES);
            return bounded(isLong ? head.getLong(8) : word(head, 4));
        }
        Long gnu = values.get(DT_GNU_HASH);
        if (gnu != null) {
            return hashed(file, header, header.offset(gnu, HASHES));
        }
        long text = header.offset(values.getOrDefault(DT_STRTAB, 0L), STRINGS);
        return bounded(text > at ? (text - at) / size : 0);
    }

    /** The symbols up to the last one of the last chain, whose hash is odd. */
    private static long hashed(FileBytes file, ElfHeader header, long table) throws IOException {
        ByteBuffer head = file.read(table, 16, 16, header.order(), HASHES);
        long buckets = bounded(word(head, 0));
        long first = bounded(word(head, 4));
        long bloom = bounded(word(head, 8));
        long at = table + 16 + bloom * (header.isWide() ? 8 : 4);
        ByteBuffer starts = file.read(at, buckets * 4, MOST_SYMBOLS * 4, header.order(), HASHES);
        long last = 0;
        for (int i = 0; i < starts.limit(); i += 4) {
            last = Math.max(last, word(starts, i));
        }
        if (last < first) {
            return first;
        }
        ByteBuffer chain = file.head(at + buckets * 4 + (bounded(last) - first) * 4, LONGEST_CHAIN, header.order());
        int length = 0;
        while (length + 4 <= chain.limit() && (chain.getInt(length) & 1) == 0) {
            length += 4;
        }
        return bounded(last + length / 4 + 1);
    }

    private static long word(ByteBuffer bytes, int at) {
        return bytes.getInt(at) & 0xffffffffL;
    }

    private static long bounded(long count) throws ElfException {
        if (count < 0 || count > MOST_SYMBOLS) {
            throw new ElfException("is not read: it has more than " + MOST_SYMBOLS + " symbols");
        }
        return count;
    }

    private static long number(ByteBuffer bytes, int at, ElfHeader header) {
        return header.isWide() ? bytes.getLong(at) : bytes.getInt(at) & 0xffffffffL;
    }

    /** The text that begins there, up to a NUL. */
    static String text(ByteBuffer bytes, long at) throws ElfException {
        return text(bytes, at, LONGEST);
    }

    private static String text(ByteBuffer bytes, long at, int longest) throws ElfException {
        if (at < 0 || at >= bytes.limit()) {
            throw new ElfException("is damaged: a name is outside of the table of strings");
        }
        int start = (int) at;
        int end = start;
        int most = Math.min(bytes.limit(), start + longest);
        while (end < most && bytes.get(end) != 0) {
            end++;
        }
        return new String(bytes.array(), start, end - start, StandardCharsets.UTF_8);
    }
}
