package io.github.strait.argument;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableListMultimap;
import io.github.strait.syscall.Arch;
import io.github.strait.syscall.TableResource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The names of values of arguments, as the kernel's headers have them: {@code AF_VSOCK}, {@code SOCK_STREAM|SOCK_CLOEXEC}.
 * The resource {@code argument-names.tsv} says which names an argument has, {@code constants.tsv} has their numbers.
 */
public final class ValueNames {
    private static final ImmutableListMultimap<String, List<String>> ROWS = rows();

    private static final int REGISTER = 1;
    private static final int ABIS = 2;
    private static final int WHEN = 3;
    private static final int AS = 4;
    private static final int NAMES = 5;

    private static final String ONE = "one";
    private static final String MODE = "mode";

    /** {@code S_IFMT}: the type of a file in its mode. */
    private static final long TYPE = 0xf000;

    private static final int DECIMAL = 10;

    private final String call;
    private final Arch arch;

    /**
     * The names of the arguments of a call.
     *
     * @param call libseccomp's name
     */
    public ValueNames(String call, Arch arch) {
        this.call = call;
        this.arch = arch;
    }

    /**
     * A value in words; a number where it has no name.
     *
     * @param others values of other registers, as far as they are known: some names depend on them
     */
    public String of(int register, long value, Map<Integer, Long> others) {
        Optional<List<String>> row = row(register, others);
        if (row.isEmpty()) {
            return number(value);
        }
        Optional<String> whole = name(row.get(), value);
        if (whole.isPresent()) {
            return whole.get();
        }
        return switch (row.get().get(AS)) {
            case ONE -> number(value);
            case MODE -> mode(row.get(), value);
            default -> flags(row.get(), value);
        };
    }

    /** The names of the bits of a value, the lowest first; of one without a name its number. */
    public ImmutableList<String> bits(int register, long bits) {
        Optional<List<String>> row = row(register, Map.of());
        ImmutableList.Builder<String> names = ImmutableList.builder();
        for (long left = bits; left != 0; left &= left - 1) {
            long bit = Long.lowestOneBit(left);
            names.add(row.flatMap(known -> name(known, bit)).orElseGet(() -> number(bit)));
        }
        return names.build();
    }

    private String flags(List<String> row, long value) {
        List<String> names = new ArrayList<>();
        long rest = value;
        for (long left = value; left != 0; ) {
            long bit = Long.highestOneBit(left);
            left &= ~bit;
            Optional<String> exact = name(row, rest);
            if (exact.isPresent()) {
                break;
            }
            Optional<String> name = name(row, bit);
            if (name.isPresent()) {
                names.add(0, name.get());
                rest &= ~bit;
            }
        }
        if (rest != 0 || names.isEmpty()) {
            long number = rest;
            names.add(0, name(row, rest).orElseGet(() -> number(number)));
        }
        return String.join("|", names);
    }

    private String mode(List<String> row, long value) {
        List<String> names = new ArrayList<>();
        long rest = value;
        for (long part : new long[] {value & TYPE, value & 04000, value & 02000, value & 01000}) {
            Optional<String> name = part == 0 ? Optional.empty() : name(row, part);
            if (name.isPresent()) {
                names.add(name.get());
                rest &= ~part;
            }
        }
        if (rest != 0 || names.isEmpty()) {
            names.add("0" + Long.toOctalString(rest));
        }
        return String.join("|", names);
    }

    private Optional<String> name(List<String> row, long value) {
        return NamedConstant.name(TableResource.words(row.get(NAMES)), value, arch);
    }

    private Optional<List<String>> row(int register, Map<Integer, Long> others) {
        for (List<String> row : ROWS.get(call)) {
            boolean isHere = row.get(REGISTER).equals(String.valueOf(register));
            if (isHere && CatalogueValues.isFor(row.get(ABIS), arch) && holds(row.get(WHEN), others)) {
                return Optional.of(row);
            }
        }
        return Optional.empty();
    }

    private boolean holds(String when, Map<Integer, Long> others) {
        if (when.equals(TableResource.ABSENT)) {
            return true;
        }
        int equals = when.indexOf('=');
        Long other = others.get(Integer.valueOf(when.substring(0, equals)));
        if (other == null) {
            return false;
        }
        for (String name : TableResource.items(when.substring(equals + 1))) {
            if (NamedConstant.value(name, arch).equals(OptionalLong.of(other))) {
                return true;
            }
        }
        return false;
    }

    /** Digits below ten, hexadecimal from there. */
    private static String number(long value) {
        return value >= 0 && value < DECIMAL ? String.valueOf(value) : "0x" + Long.toHexString(value);
    }

    private static ImmutableListMultimap<String, List<String>> rows() {
        ImmutableListMultimap.Builder<String, List<String>> rows = ImmutableListMultimap.builder();
        for (List<String> row :
                TableResource.read(ValueNames.class, "argument-names.tsv").rows()) {
            for (String name : TableResource.items(row.get(0))) {
                rows.put(name, row);
            }
        }
        return rows.build();
    }
}
