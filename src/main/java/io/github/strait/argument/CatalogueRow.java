package io.github.strait.argument;

import com.google.common.collect.ImmutableList;

/**
 * A part of a call that a profile may compare, and how: a row of the resource {@code catalogue.tsv}, on one ABI. Its header
 * describes the kinds.
 *
 * @param call libseccomp's name
 * @param mask the bits that {@link Kind#VALUES} compares, that {@link Kind#SUBSET} leaves free, or of which one in the
 *     first register makes {@link Kind#CREAT} look at the second; 0 for other kinds
 * @param forbidden the bits that must be 0 unless one was seen; 0 for none
 * @param power what the values can open that the program does not need; with CVEs
 */
public record CatalogueRow(
        String call,
        Place place,
        Tier tier,
        Kind kind,
        long mask,
        long forbidden,
        ImmutableList<ValueGroup> groups,
        String power) {
    /** {@code SOCK_TYPE_MASK}: what the kernel takes for the type; the other bits are flags of the descriptor. */
    private static final long SOCKET_TYPE = 0xf;

    /** Filters look at nothing above: no value of the catalogue is there. */
    private static final long LOW = 0xffffffffL;

    /** The bits of the value at a position of a tuple that are compared, where values are. */
    public long width(int position) {
        if (kind == Kind.SOCKET && position == 1) {
            return SOCKET_TYPE;
        }
        return (kind == Kind.VALUES ? mask : -1) & place.mask() & LOW;
    }

    /** What the condition is made of. */
    public enum Kind {
        VALUES,
        FORBID,
        SUBSET,
        WX,
        NULL,
        REFUSE,
        SOCKET,
        SOCKOPT,
        CREAT
    }
}
