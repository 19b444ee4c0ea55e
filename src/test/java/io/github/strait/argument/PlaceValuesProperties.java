package io.github.strait.argument;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableList;
import io.github.strait.syscall.Arch;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** The values that an observation keeps say of registers what the texts said, or less. */
class PlaceValuesProperties {
    @Property(tries = 200)
    void valuesSayNoMoreThanTexts(@ForAll long seed) {
        Random random = new Random(seed);
        Arch arch = Arch.values()[random.nextInt(Arch.values().length)];
        for (String call : Catalogue.calls()) {
            for (Place place : Catalogue.places(call, arch)) {
                List<String> texts = new ArrayList<>();
                for (int i = 0; i < Argument.COUNT; i++) {
                    texts.add(text(random));
                }
                Optional<ImmutableList<Long>> values = PrintedArguments.values(arch, call, texts, place);
                if (values.isPresent() && !place.isMemory()) {
                    check(PrintedArguments.registers(arch, call, texts), arch, call, place, values.get());
                }
            }
        }
    }

    private static void check(List<Argument> printed, Arch arch, String call, Place place, List<Long> values) {
        PlaceValues at = new PlaceValues(arch, call, place);
        List<Argument> kept = new ArrayList<>(Argument.ALL_UNKNOWN);
        at.set(values, kept);
        String what = call + " " + arch + " " + place + " " + values;
        for (int i = 0; i < Argument.COUNT; i++) {
            long known = kept.get(i).known();
            assertEquals(kept.get(i).value(), printed.get(i).value() & known, what);
            assertTrue(place.isPointer() || (known & ~printed.get(i).known()) == 0, what);
            assertTrue(place.registers().contains(i) || known == 0, what);
        }
        int first = place.registers().get(0);
        assertTrue(place.isPointer() || (kept.get(first).known() & place.mask() & 0xffff) != 0, what);
        assertEquals(values.size(), place.size(), what);
        Optional<ImmutableList<Long>> again = PrintedArguments.values(arch, call, at.texts(values), place);
        // a pointer that is not NULL has no text
        boolean isShown = !place.isPointer() || values.equals(List.of(0L));
        List<Long> low = values.stream().map(PlaceValuesProperties::low).toList();
        assertEquals(isShown ? Optional.of(low) : Optional.empty(), again, what);
    }

    /** Of a negative int, the half that strace prints. */
    private static long low(long value) {
        return value == (int) value ? value & 0xffffffffL : value;
    }

    private static String text(Random random) {
        return switch (random.nextInt(9)) {
            case 0 -> "-1";
            case 1 -> "NULL";
            case 2 -> "0";
            case 3 -> "0x" + Long.toHexString(random.nextLong());
            case 4 -> "0x" + Integer.toHexString(random.nextInt());
            case 5 -> String.valueOf(random.nextInt());
            case 6 -> "O_RDWR|O_CREAT";
            case 7 -> "0" + Integer.toOctalString(random.nextInt(010000));
            default -> String.valueOf(random.nextInt(100));
        };
    }
}
