package io.github.strait.lint;

import com.google.common.collect.ImmutableList;

/**
 * Two calls that are one to the kernel, which reads fewer bits of a register than a filter does, and two to a profile.
 *
 * @param call their name
 * @param index the argument in which they differ
 * @param usual what callers pass
 * @param other the same but for bits that the kernel does not read
 * @param arguments all arguments, with the usual one in its place
 */
record Slip(String call, int index, long usual, long other, ImmutableList<Long> arguments) {
    /** {@code socket(0x26)}: up to the argument that matters, and further to the last that is not 0. */
    String usualCall() {
        return text(usual);
    }

    String otherCall() {
        return text(other);
    }

    private String text(long register) {
        StringBuilder text = new StringBuilder(call).append('(');
        int last = arguments.size() - 1;
        while (last > index && arguments.get(last) == 0) {
            last--;
        }
        for (int i = 0; i <= last; i++) {
            long argument = i == index ? register : arguments.get(i);
            text.append(i == 0 ? "" : ", ").append(argument == 0 ? "0" : "0x" + Long.toHexString(argument));
        }
        return text.append(')').toString();
    }
}
