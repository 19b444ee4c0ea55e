package io.github.strait.verify;

/** Why evidence without printed arguments leaves a call undecided. */
public enum Doubt {
    /** It does not, or the evidence is a trace. */
    NONE,
    /** There were more values than an observation keeps. */
    MORE_VALUES,
    /** The trace did not show the values. */
    NOT_SHOWN,
    /** The profile looks at what is not kept of the evidence. */
    NOT_KEPT
}
