package io.github.strait.format;

import com.google.common.collect.ImmutableSortedSet;
import io.github.strait.syscall.Arch;
import io.github.strait.syscall.Errno;
import java.util.HashSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Podman's errors by name ({@code "errno": "ENOSYS"}), which stand beside the numbers that everybody reads. Podman takes
 * the name, and the number that it has on its machine; all others take the number. So both must say the same.
 */
final class SymbolicErrnos {
    private static final Pattern DECIMAL = Pattern.compile("[0-9]{1,4}");

    private final Dialect dialect;
    private final ImmutableSortedSet<Arch> arches;
    private final Set<String> warned = new HashSet<>();

    SymbolicErrnos(Dialect dialect, Set<Arch> arches) {
        this.dialect = dialect;
        this.arches = arches.isEmpty() ? ImmutableSortedSet.of(Arch.X86_64) : ImmutableSortedSet.copyOf(arches);
    }

    /** The error number of an object, by its number or its name or both. */
    OptionalInt of(ObjectReader object, String nameField, String numberField) {
        OptionalInt number = object.number(numberField);
        Optional<String> name = object.text(nameField);
        if (name.isEmpty()) {
            return number;
        }
        ImmutableSortedSet<Integer> meant = numbers(object, nameField, name.get());
        if (number.isEmpty()) {
            return OptionalInt.of(alone(object, nameField, numberField, name.get(), meant));
        }
        if (!meant.contains(number.getAsInt())) {
            throw object.error("'" + nameField + "' says " + name.get() + " (" + meant.first() + ") and '" + numberField
                    + "' says " + number.getAsInt() + "; Podman takes the first and all others the second: make them"
                    + " agree");
        }
        warnOfMachines(object, name.get(), number.getAsInt(), meant);
        return number;
    }

    private ImmutableSortedSet<Integer> numbers(ObjectReader object, String field, String name) {
        if (DECIMAL.matcher(name).matches()) {
            return ImmutableSortedSet.of(Integer.valueOf(name));
        }
        ImmutableSortedSet.Builder<Integer> numbers = ImmutableSortedSet.naturalOrder();
        arches.forEach(arch -> Errno.number(name, arch).ifPresent(numbers::add));
        ImmutableSortedSet<Integer> all = numbers.build();
        if (all.isEmpty()) {
            throw object.error(
                    "unknown value '" + name + "' in '" + field + "'; it is the name of an error, such as ENOSYS");
        }
        return all;
    }

    private int alone(ObjectReader object, String nameField, String numberField, String name, Set<Integer> meant) {
        if (dialect == Dialect.OCI) {
            throw object.error(
                    "'" + nameField + "' is known to Podman alone; write the number as '" + numberField + "'");
        }
        int number = Errno.number(name, Arch.X86_64).orElse(meant.iterator().next());
        int taken = meant.contains(number) ? number : meant.iterator().next();
        if (warned.add(nameField)) {
            object.warn(
                    "symbolic-errno",
                    "'" + nameField + "' is known to Podman alone; for the others write '" + numberField + "': " + taken
                            + " too");
        }
        warnOfMachines(object, name, taken, meant);
        return taken;
    }

    private void warnOfMachines(ObjectReader object, String name, int taken, Set<Integer> meant) {
        if (meant.size() > 1 && warned.add(name)) {
            object.warn(
                    "symbolic-errno",
                    name + " has other numbers on some of these architectures, and there Podman answers with them; "
                            + taken + " is used");
        }
    }
}
