package io.github.strait.condition;

import io.github.strait.argument.Place;
import io.github.strait.diagnostic.SourcePosition;
import java.util.Optional;

/**
 * Why a call, or a part of it, has no condition.
 *
 * @param place the part; empty for the call as a whole
 * @param kind why
 * @param count how many calls do not say their values, or how many rules there would be; 0 for other kinds
 * @param name the call, layer or architectures that are the reason; empty for other kinds
 * @param at the first call that does not say its values
 */
public record Obstacle(Optional<Place> place, Kind kind, long count, String name, Optional<SourcePosition> at) {
    /** The reasons. */
    public enum Kind {
        /** Calls of the evidence do not say their values. */
        UNKNOWN,
        /** The evidence has more values than are kept. */
        VALUES,
        /** It would take too many rules. */
        RULES,
        /** A multiplexer that is allowed makes the call too, with arguments in memory. */
        MULTIPLEXER,
        /** clone3 is allowed, whose flags are in memory. */
        CLONE3,
        /** Only a layer names the call, and which values it needs is not known. */
        LAYER,
        /** A container's runtime makes the call too, and with which values is not known. */
        RUNTIME,
        /** The call stands in for others, and which values it needs then is not known. */
        SIBLINGS,
        /** The user allows the call as it is. */
        ASKED,
        /** A recording left the call out, whatever its values were. */
        LEFT_OUT,
        /** The architectures of the document differ in the register or the numbers. */
        ARCHITECTURES
    }

    static Obstacle of(Kind kind, Place place) {
        return new Obstacle(Optional.of(place), kind, 0, "", Optional.empty());
    }

    static Obstacle rules(Place place, long count) {
        return new Obstacle(Optional.of(place), Kind.RULES, count, "", Optional.empty());
    }

    static Obstacle unknown(Place place, long count, Optional<SourcePosition> at) {
        return new Obstacle(Optional.of(place), Kind.UNKNOWN, count, "", at);
    }

    /** Calls that do not say any of their arguments. */
    public static Obstacle unknown(long count, SourcePosition at) {
        return new Obstacle(Optional.empty(), Kind.UNKNOWN, count, "", Optional.of(at));
    }

    /** Calls of clone3 that do not say their flags, which may be those that clone must not have. */
    public static Obstacle unknownFlags(long count, SourcePosition at) {
        return new Obstacle(Optional.empty(), Kind.UNKNOWN, count, "clone3", Optional.of(at));
    }

    /** An obstacle to the call as a whole. */
    public static Obstacle named(Kind kind, String name) {
        return new Obstacle(Optional.empty(), kind, 0, name, Optional.empty());
    }

    /** Whether a better recording would remove it. */
    public boolean isOfEvidence() {
        return kind == Kind.UNKNOWN;
    }

    /** The reason in words, without the call's name: {@code argument 1 unknown in 3 calls}. */
    public String words() {
        return switch (kind) {
            case UNKNOWN ->
                (name.isEmpty() ? argument() : "the flags of " + name) + " unknown in " + count
                        + (count == 1 ? " call" : " calls");
            case VALUES -> argument() + " has more values than are kept";
            case RULES -> argument() + " needs " + count + " rules, more than " + CallConditions.MOST;
            case MULTIPLEXER -> name + " is allowed too and hides the arguments";
            case CLONE3 -> "clone3 is allowed too and hides the flags";
            case LAYER -> "only the layer " + name + " names it, and the values that it needs are not known";
            case RUNTIME -> "the values of " + argument() + " that the container's runtime needs are not known";
            case SIBLINGS -> "the values of " + argument() + " are not known for calls that it stands in for";
            case ASKED -> "allowed by request, with any arguments";
            case LEFT_OUT -> "record --known left calls of it out, so their values are not known";
            case ARCHITECTURES -> name + " differ in the argument; --target writes a document for one";
        };
    }

    /** The reason in two or three words: {@code unknown value}. */
    public String shortWords() {
        return switch (kind) {
            case UNKNOWN -> "unknown value";
            case VALUES -> "too many values";
            case RULES -> "too many rules";
            case MULTIPLEXER -> name + " is allowed";
            case CLONE3 -> "clone3 is allowed";
            case LAYER -> "layer " + name;
            case RUNTIME -> "runtime's values not known";
            case SIBLINGS -> "values not known of calls that it stands in for";
            case ASKED -> "by request";
            case LEFT_OUT -> "left out by --known";
            case ARCHITECTURES -> "architectures differ";
        };
    }

    /** What to do about it, if that is known: {@code record with: strait record}. */
    public Optional<String> remedy() {
        return switch (kind) {
            case UNKNOWN -> Optional.of("record with: strait record");
            case ASKED -> Optional.of("leave out --allow");
            case LEFT_OUT -> Optional.of("record with --known and the same --args");
            case VALUES, RULES, MULTIPLEXER, CLONE3, LAYER, RUNTIME, SIBLINGS, ARCHITECTURES -> Optional.empty();
        };
    }

    private String argument() {
        return place.map(Place::words).orElse("arguments");
    }
}
