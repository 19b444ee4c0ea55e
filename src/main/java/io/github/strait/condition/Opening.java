package io.github.strait.condition;

import io.github.strait.argument.CatalogueRow;
import io.github.strait.argument.ValueGroup;
import io.github.strait.argument.ValuePattern;
import io.github.strait.observation.Sighting;
import java.util.Optional;

/**
 * Values that a condition lets through, and why.
 *
 * @param row the row of the catalogue; of the bits that it forbids, those that were seen are values here
 * @param values what is let through
 * @param group the group that opens them; empty for values that stand alone
 * @param seen how often they, or others that open the group, were seen, and where first; empty for a group that is always
 *     open and of which nothing was seen, and for what a container's runtime needs
 */
public record Opening(CatalogueRow row, ValuePattern values, Optional<ValueGroup> group, Optional<Sighting> seen) {}
