package io.github.strait.argument;

import com.google.common.collect.ImmutableList;
import io.github.strait.syscall.Arch;
import java.util.List;

/**
 * What the values at a place of a call say of its registers. They are those that {@link PrintedArguments#values} read from
 * a text, and say no more than the text did.
 */
public final class PlaceValues {
    private static final long LOW = 0xffffffffL;

    private final Arch arch;
    private final String call;
    private final Place place;

    /**
     * A place, which is not in memory.
     *
     * @param call libseccomp's name
     */
    public PlaceValues(Arch arch, String call, Place place) {
        this.arch = arch;
        this.call = call;
        this.place = place;
    }

    /**
     * Sets the registers of the place, among the six of a call.
     *
     * @param values one for each register of the place
     */
    public void set(List<Long> values, List<Argument> registers) {
        boolean isWithoutMode = PrintedArguments.isWithoutMode(call, place, values.get(0), arch);
        for (int i = 0; i < values.size(); i++) {
            boolean isRead = i == 0 || !isWithoutMode;
            registers.set(place.registers().get(i), isRead ? argument(values.get(i)) : Argument.UNKNOWN);
        }
    }

    private Argument argument(long value) {
        boolean is64 = arch.pointerBits() > Integer.SIZE;
        if (place.isPointer()) {
            return value != 0 ? Argument.UNKNOWN : is64 ? Argument.of(0) : Argument.low(0);
        }
        // what fits an int was perhaps printed as one
        if (is64 && value != (int) value && value >>> Integer.SIZE != 0) {
            return Argument.of(value);
        }
        return new Argument(value & place.mask() & LOW, place.mask() & LOW);
    }

    /** The registers of the place as strace prints numbers that it has no names for, each where it prints it. */
    public ImmutableList<String> texts(List<Long> values) {
        return PrintedArguments.texts(arch, call, register -> {
            int index = place.registers().indexOf(register);
            boolean isShown = index >= 0 && index < values.size();
            return isShown ? text(values, index) : "";
        });
    }

    private String text(List<Long> values, int index) {
        long value = values.get(index);
        if (index > 0 && PrintedArguments.isWithoutMode(call, place, values.get(0), arch)) {
            return "";
        }
        if (place.isPointer()) {
            return value == 0 ? "NULL" : "";
        }
        return "0x" + Long.toHexString(value == (int) value ? value & LOW : value);
    }
}
