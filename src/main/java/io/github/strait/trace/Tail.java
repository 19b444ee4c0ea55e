package io.github.strait.trace;

/** What a line lacks to be a call beyond doubt: text of another kind may look the same. */
enum Tail {
    /** Nothing: only strace writes such a line. */
    NONE,
    /** The arguments go on: no parenthesis closes them. */
    ARGUMENTS,
    /** The result, and the equals sign in front of it: the line ends with the closing parenthesis. */
    RESULT,
    /** The value: nothing that could be one follows the equals sign. */
    VALUE
}
