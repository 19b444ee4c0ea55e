package io.github.strait.argument;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.base.Splitter;
import com.google.common.io.Resources;
import io.github.strait.syscall.Arch;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * Every name that strace prints for an argument of the catalogue is read back as the number in the register; few requests
 * of drivers are unknown, because their numbers changed, or strace itself tells two of them apart by nothing.
 */
class PrintedNamesTest {
    private static final int HEX = 16;

    /** A mode after flags without these is not read by the kernel. */
    private static final long CREATE = 0x400040;

    @Test
    void areTheNumbersOfTheRegisters() throws IOException {
        List<String> wrong = new ArrayList<>();
        long all = 0;
        long unknown = 0;
        for (List<String> row : rows()) {
            Arch arch = Arch.parse(row.get(0));
            String call = row.get(1);
            List<Long> registers = Splitter.on(' ').splitToList(row.get(2)).stream()
                    .map(word -> Long.parseUnsignedLong(word, HEX))
                    .toList();
            List<String> texts = PrintedCalls.texts(call, row.get(3));
            for (Place place : Catalogue.places(call, arch)) {
                Optional<List<Long>> read =
                        PrintedArguments.values(arch, call, texts, place).map(List::copyOf);
                all++;
                if (read.isEmpty() && call.equals("ioctl")) {
                    unknown++;
                } else if (!read.equals(Optional.of(expected(call, place, registers)))) {
                    wrong.add(row + " at " + place + " is read as " + read);
                }
            }
        }
        assertEquals(List.of(), wrong);
        assertTrue(unknown * 40 < all, unknown + " of " + all + " are unknown");
    }

    private static List<Long> expected(String call, Place place, List<Long> registers) {
        List<Long> values = new ArrayList<>();
        for (int register : place.registers()) {
            long value = register < registers.size() ? registers.get(register) : 0;
            boolean isUnread = call.startsWith("open") && values.size() == 1 && (values.get(0) & CREATE) == 0;
            values.add(isUnread ? 0 : place.cut(value));
        }
        return values;
    }

    private static List<List<String>> rows() throws IOException {
        String table = Resources.toString(
                Resources.getResource(PrintedNamesTest.class, "printed-names.tsv"), StandardCharsets.UTF_8);
        return table.lines()
                .filter(line -> !line.startsWith("#"))
                .skip(1)
                .map(line -> Splitter.on('\t').splitToList(line))
                .toList();
    }
}
