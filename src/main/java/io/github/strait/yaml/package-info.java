/**
 * YAML as the trees of {@link io.github.strait.json.Json}. {@link io.github.strait.yaml.YamlReader} reads what others
 * wrote, and notes what YAML 1.1 and 1.2 read differently; {@link io.github.strait.yaml.YamlText} writes strings
 * that both read alike. Neither knows what a document means. Only this package uses snakeyaml-engine.
 */
@NullMarked
package io.github.strait.yaml;

import org.jspecify.annotations.NullMarked;
