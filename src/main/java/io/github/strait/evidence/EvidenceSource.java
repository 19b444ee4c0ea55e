package io.github.strait.evidence;

import java.util.List;

/**
 * A file, or files that may be those of one {@code -ff} set.
 *
 * @param name its name in messages
 * @param files the files, by tid
 * @param tids the number that ends each file's name, or 0
 * @param inDirectory whether the user named a directory, where files of other kinds may lie too
 */
record EvidenceSource(String name, List<String> files, List<Integer> tids, boolean inDirectory) {
    /** One of the files by itself. */
    EvidenceSource single(int index) {
        return new EvidenceSource(files.get(index), List.of(files.get(index)), List.of(0), inDirectory);
    }
}
