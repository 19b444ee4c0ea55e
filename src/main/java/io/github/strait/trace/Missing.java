package io.github.strait.trace;

/** The part a line lacks to be certainly a call: other text may look the same. */
enum Missing {
    /** Nothing: only strace writes such a line. */
    NONE,
    /** The arguments go on: no parenthesis closes them. */
    ARGUMENTS,
    /** The result, and the equals sign in front of it: the line ends with the closing parenthesis. */
    RESULT,
    /** The value: nothing that could be one follows the equals sign. */
    VALUE
}
