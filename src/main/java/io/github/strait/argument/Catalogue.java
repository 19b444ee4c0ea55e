package io.github.strait.argument;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableListMultimap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedSet;
import io.github.strait.argument.CatalogueRow.Kind;
import io.github.strait.syscall.Arch;
import io.github.strait.syscall.TableResource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The arguments that profiles compare: the resources {@code catalogue.tsv} and {@code catalogue-groups.tsv}. Most starts
 * read them, hence no streams here; a row becomes numbers when it is asked for.
 */
public final class Catalogue {
    private static final ImmutableListMultimap<String, List<String>> ROWS = rows("catalogue.tsv");

    /** Read when conditions are made. */
    private static final class Groups {
        private static final ImmutableListMultimap<String, List<String>> ROWS = rows("catalogue-groups.tsv");
    }

    private static final int AT = 1;
    private static final int ABIS = 2;
    private static final int BITS = 3;
    private static final int TIER = 4;
    private static final int RULE = 5;
    private static final int NAMES = 6;
    private static final int POWER = 7;

    private Catalogue() {}

    /** The rows of a call that count on an ABI, in the order of the resource. */
    public static ImmutableList<CatalogueRow> of(String call, Arch arch) {
        return of(call, arch, Tier.STRICT);
    }

    /** The rows of a call up to a tier that count on an ABI, in the order of the resource. */
    public static ImmutableList<CatalogueRow> of(String call, Arch arch, Tier highest) {
        ImmutableList.Builder<CatalogueRow> rows = ImmutableList.builder();
        for (List<String> row : ROWS.get(call)) {
            if (CatalogueValues.isFor(row.get(ABIS), arch) && tier(row).compareTo(highest) <= 0) {
                rows.add(row(call, row, arch));
            }
        }
        return rows.build();
    }

    /** Whether a call has rows up to a tier on an ABI. */
    public static boolean has(String call, Arch arch, Tier highest) {
        for (List<String> row : ROWS.get(call)) {
            if (CatalogueValues.isFor(row.get(ABIS), arch) && tier(row).compareTo(highest) <= 0) {
                return true;
            }
        }
        return false;
    }

    /** The calls with a row on any ABI. */
    public static ImmutableSortedSet<String> calls() {
        return ImmutableSortedSet.copyOf(ROWS.keySet());
    }

    /** The places of a call whose values are evidence on an ABI, in the order of the resource. */
    public static ImmutableSet<Place> places(String call, Arch arch) {
        ImmutableSet.Builder<Place> places = ImmutableSet.builder();
        for (List<String> row : ROWS.get(call)) {
            if (CatalogueValues.isFor(row.get(ABIS), arch)) {
                places.add(Place.parse(row.get(AT), row.get(BITS)));
            }
        }
        return places.build();
    }

    /** The values that a cell of a table names, on an ABI: as in {@code catalogue-groups.tsv}. */
    public static ValuePattern values(String cell, Arch arch) {
        return CatalogueValues.pattern(cell, arch);
    }

    /**
     * The value of each register, of words that spaces divide: {@code O_RDONLY|O_CLOEXEC 0}. Empty where one of them has no
     * number on the ABI.
     */
    public static Optional<ImmutableList<Long>> tuple(String words, Arch arch) {
        ImmutableList.Builder<Long> values = ImmutableList.builder();
        for (String word : TableResource.words(words)) {
            OptionalLong value = PrintedNumber.value(word, arch);
            if (value.isEmpty()) {
                return Optional.empty();
            }
            values.add(value.getAsLong());
        }
        return Optional.of(values.build());
    }

    /** Whether names have the same numbers on two ABIs, but for what depends on the size of a type. */
    public static boolean haveSameNumbers(Arch one, Arch other) {
        return CatalogueValues.isFor("generic", one) == CatalogueValues.isFor("generic", other)
                && CatalogueValues.isFor("common", one) == CatalogueValues.isFor("common", other);
    }

    /** The places of a call whose values are evidence on any ABI, in the order of the resource. */
    public static ImmutableSet<Place> places(String call) {
        ImmutableSet.Builder<Place> places = ImmutableSet.builder();
        for (List<String> row : ROWS.get(call)) {
            places.add(Place.parse(row.get(AT), row.get(BITS)));
        }
        return places.build();
    }

    private static CatalogueRow row(String call, List<String> row, Arch arch) {
        long mask = 0;
        long forbidden = 0;
        String[] parts = row.get(RULE).split(", ", -1);
        int space = parts[0].indexOf(' ');
        Kind kind = Kind.valueOf((space < 0 ? parts[0] : parts[0].substring(0, space)).toUpperCase(Locale.ROOT));
        String bits = space < 0 ? "" : parts[0].substring(space + 1);
        switch (kind) {
            case FORBID -> forbidden = CatalogueValues.bits(bits, arch);
            case VALUES -> mask = bits.isEmpty() ? -1 : CatalogueValues.bits(bits, arch);
            case SUBSET, CREAT -> mask = CatalogueValues.bits(bits, arch);
            case WX, NULL, REFUSE, SOCKET, SOCKOPT -> {}
        }
        if (parts.length > 1) {
            String more = parts[1];
            forbidden = CatalogueValues.bits(more.substring(more.indexOf(' ') + 1), arch);
        }
        return new CatalogueRow(
                call,
                Place.parse(row.get(AT), row.get(BITS)),
                tier(row),
                kind,
                mask,
                forbidden,
                groups(row.get(NAMES), arch),
                row.get(POWER));
    }

    private static Tier tier(List<String> row) {
        return row.get(TIER).equals("safe") ? Tier.SAFE : Tier.STRICT;
    }

    private static ImmutableList<ValueGroup> groups(String names, Arch arch) {
        ImmutableList.Builder<ValueGroup> groups = ImmutableList.builder();
        for (String name : TableResource.words(names)) {
            for (List<String> row : Groups.ROWS.get(name)) {
                if (CatalogueValues.isFor(row.get(1), arch)) {
                    groups.add(group(row, arch));
                }
            }
        }
        return groups.build();
    }

    private static ValueGroup group(List<String> row, Arch arch) {
        ValuePattern members = CatalogueValues.pattern(row.get(3), arch);
        boolean isBase = false;
        boolean isOfInet = false;
        ImmutableList.Builder<ValuePattern> openers = ImmutableList.builder();
        for (String opener : row.get(2).split("; ", -1)) {
            switch (opener) {
                case "*" -> isBase = true;
                case "inet" -> isOfInet = true;
                case TableResource.ABSENT -> openers.add(members);
                default -> openers.add(CatalogueValues.pattern(opener, arch));
            }
        }
        return new ValueGroup(row.get(0), isBase, isOfInet, openers.build(), members, row.get(4));
    }

    private static ImmutableListMultimap<String, List<String>> rows(String file) {
        ImmutableListMultimap.Builder<String, List<String>> rows = ImmutableListMultimap.builder();
        for (List<String> row : TableResource.read(Catalogue.class, file).rows()) {
            for (String name : TableResource.items(row.get(0))) {
                rows.put(name, row);
            }
        }
        return rows.build();
    }
}
