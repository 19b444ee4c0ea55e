package io.github.strait.argument;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.github.strait.syscall.Arch;
import io.github.strait.syscall.TableResource;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * A macro of the kernel's headers that strace prints with its operands, such as {@code QCMD(Q_SYNC, USRQUOTA)},
 * {@code _IOC(_IOC_READ, 0x54, 0x30, 0x4)} or {@code EVIOCGBIT(EV_KEY, 96)}.
 */
final class PrintedMacro {
    private static final int TYPE_SHIFT = 8;
    private static final int SIZE_SHIFT = 16;
    private static final long BYTE = 0xff;
    private static final char OPERAND = '$';

    /** Read when a macro is not one of the others. */
    private static final class Requests {
        static final ImmutableMap<String, List<String>> ROWS =
                TableResource.read(PrintedMacro.class, "request-macros.tsv").index(row -> row);
    }

    private PrintedMacro() {}

    /** The number; empty for a macro or an operand without one. */
    static OptionalLong value(String text, Arch arch) {
        int open = text.indexOf('(');
        String name = text.substring(0, Math.max(open, 0));
        ImmutableList<String> operands = operands(text.substring(open + 1, text.length() - 1));
        return switch (name) {
            case "_IOC" ->
                operands.size() == 4 ? request(operands.get(0), operands.subList(1, 4), arch) : OptionalLong.empty();
            case "_IO" -> operands.size() == 2 ? request("_IOC_NONE", operands, arch) : OptionalLong.empty();
            case "_IOR" -> sized("_IOC_READ", operands, arch);
            case "_IOW" -> sized("_IOC_WRITE", operands, arch);
            case "_IOWR" -> sized("_IOC_READ|_IOC_WRITE", operands, arch);
            case "QCMD" -> quota(operands, arch);
            case "htons" -> network(operands, arch);
            default -> named(name, operands, arch);
        };
    }

    /** A row of the table, with these operands. */
    private static OptionalLong named(String name, ImmutableList<String> operands, Arch arch) {
        List<String> row = Requests.ROWS.get(name);
        if (row == null) {
            return OptionalLong.empty();
        }
        List<String> fields = new ArrayList<>();
        for (String cell : row.subList(2, row.size())) {
            long sum = 0;
            for (String word : TableResource.words(cell)) {
                OptionalLong part = part(word, operands, arch);
                if (part.isEmpty()) {
                    return part;
                }
                sum += part.getAsLong();
            }
            fields.add(String.valueOf(sum));
        }
        return request(row.get(1), fields, arch);
    }

    private static OptionalLong part(String word, ImmutableList<String> operands, Arch arch) {
        if (word.charAt(0) != OPERAND) {
            return PrintedNumber.digits(word);
        }
        int index = word.charAt(1) - '0';
        return index < operands.size() ? operand(operands.get(index), arch) : OptionalLong.empty();
    }

    /** The end of the part that begins at an index: the next separator outside of parentheses, or the end of the text. */
    static int end(String text, int start, char separator) {
        int depth = 0;
        for (int i = start; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == separator && depth == 0) {
                return i;
            }
            depth += c == '(' ? 1 : c == ')' && depth > 0 ? -1 : 0;
        }
        return text.length();
    }

    private static ImmutableList<String> operands(String text) {
        ImmutableList.Builder<String> operands = ImmutableList.builder();
        int end;
        for (int start = 0; start <= text.length(); start = end + 1) {
            end = end(text, start, ',');
            operands.add(text.substring(start, end).strip());
        }
        return operands.build();
    }

    private static OptionalLong sized(String direction, ImmutableList<String> operands, Arch arch) {
        return operands.size() == 3 ? request(direction, operands, arch) : OptionalLong.empty();
    }

    /** An ioctl request: of type, number and perhaps size, below the bits of the direction. */
    private static OptionalLong request(String direction, List<String> operands, Arch arch) {
        boolean hasWideDirection = hasWideDirection(arch);
        int directionShift = hasWideDirection ? 29 : 30;
        List<Long> fields = new ArrayList<>();
        for (String operand : operands) {
            OptionalLong field = operand(operand, arch);
            if (field.isEmpty()) {
                return field;
            }
            fields.add(field.getAsLong());
        }
        long size = fields.size() > 2 ? fields.get(2) : 0;
        OptionalLong bits = direction(direction, hasWideDirection);
        boolean fits = bits.isPresent()
                && isBelow(fields.get(0), BYTE + 1)
                && isBelow(fields.get(1), BYTE + 1)
                && isBelow(size, 1L << directionShift - SIZE_SHIFT)
                && isBelow(bits.getAsLong(), 1L << Integer.SIZE - directionShift);
        return fits
                ? OptionalLong.of(bits.getAsLong() << directionShift
                        | size << SIZE_SHIFT
                        | fields.get(0) << TYPE_SHIFT
                        | fields.get(1))
                : OptionalLong.empty();
    }

    private static boolean isBelow(long value, long limit) {
        return value >= 0 && value < limit;
    }

    /** A number, or a character between single quotes, as types of requests are written; no macro again. */
    private static OptionalLong operand(String text, Arch arch) {
        if (text.length() == 3 && text.charAt(0) == '\'' && text.charAt(2) == '\'') {
            return OptionalLong.of(text.charAt(1));
        }
        return text.indexOf('(') < 0 ? PrintedNumber.value(text, arch) : OptionalLong.empty();
    }

    /** MIPS and PowerPC have three bits for the direction, one each for none, read and write; others have two. */
    private static boolean hasWideDirection(Arch arch) {
        return arch.label().startsWith("mips") || arch.label().startsWith("ppc");
    }

    private static OptionalLong direction(String text, boolean isWide) {
        long bits = 0;
        int end;
        for (int start = 0; start <= text.length(); start = end + 1) {
            end = end(text, start, '|');
            String word = text.substring(start, end);
            switch (word) {
                case "_IOC_NONE" -> bits |= isWide ? 1 : 0;
                case "_IOC_READ" -> bits |= 2;
                case "_IOC_WRITE" -> bits |= isWide ? 4 : 1;
                default -> {
                    OptionalLong number = PrintedNumber.digits(word);
                    if (number.isEmpty()) {
                        return number;
                    }
                    bits |= number.getAsLong();
                }
            }
        }
        return OptionalLong.of(bits);
    }

    /** The command of quotactl: a 32-bit number, the low byte of which is the type of quota. */
    private static OptionalLong quota(ImmutableList<String> operands, Arch arch) {
        OptionalLong command = operand(operands.get(0), arch);
        OptionalLong type = operands.size() == 2 ? operand(operands.get(1), arch) : OptionalLong.empty();
        boolean fits = command.isPresent() && type.isPresent() && isBelow(type.getAsLong(), BYTE + 1);
        return fits
                ? OptionalLong.of(command.getAsLong() << Byte.SIZE & 0xffffffffL | type.getAsLong())
                : OptionalLong.empty();
    }

    /** A protocol of packet sockets, whose two bytes stand in network order. */
    private static OptionalLong network(ImmutableList<String> operands, Arch arch) {
        OptionalLong host = operands.size() == 1 ? operand(operands.get(0), arch) : OptionalLong.empty();
        if (host.isEmpty() || !isBelow(host.getAsLong(), 1L << Short.SIZE)) {
            return OptionalLong.empty();
        }
        short value = (short) host.getAsLong();
        return OptionalLong.of((arch.isBigEndian() ? value : Short.reverseBytes(value)) & 0xffffL);
    }
}
