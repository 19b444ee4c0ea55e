package io.github.strait;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.collect.ImmutableListMultimap;
import com.google.common.collect.ImmutableSet;
import io.github.strait.syscall.TableResource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;

/** The jar carries the licence of everything in it, and says what it is made of. */
class LicensesIT {
    private static final ImmutableSet<String> ENDINGS =
            ImmutableSet.of(".class", ".so", ".dylib", ".dll", ".jnilib", ".css");

    private final ImmutableListMultimap<String, String> parts = parts();

    private static ImmutableListMultimap<String, String> parts() {
        ImmutableListMultimap.Builder<String, String> parts = ImmutableListMultimap.builder();
        for (List<String> row : TableResource.read(LicensesIT.class, "/META-INF/licenses/parts.tsv")
                .rows()) {
            TableResource.words(row.get(1)).forEach(files -> parts.put(files, row.get(3)));
        }
        return parts.build();
    }

    @Test
    void everyFileIsOfAPartWhoseLicenceIsThere() throws IOException {
        try (ZipFile jar = new ZipFile(System.getProperty("strait.jar"))) {
            List<String> strangers = new ArrayList<>();
            Set<String> found = new HashSet<>();
            jar.stream().map(ZipEntry::getName).filter(LicensesIT::isCode).forEach(file -> {
                String name = file.replaceFirst("^META-INF/versions/[0-9]+/", "");
                List<String> owners =
                        parts.keySet().stream().filter(name::startsWith).toList();
                found.addAll(owners);
                if (owners.isEmpty()) {
                    strangers.add(file);
                }
            });
            assertEquals(List.of(), strangers, "files of no part that parts.tsv lists");
            assertEquals(parts.keySet(), found, "parts of parts.tsv that are in the jar");
            for (String text : parts.values()) {
                assertTrue(text(jar, text).length() > 300, text);
            }
        }
    }

    private static boolean isCode(String file) {
        return ENDINGS.stream().anyMatch(file::endsWith);
    }

    @Test
    void theApacheLicenseIsThatOfTheTreeAndNoticesAreWhole() throws IOException {
        try (ZipFile jar = new ZipFile(System.getProperty("strait.jar"))) {
            assertTrue(text(jar, "META-INF/LICENSE").contains("Apache License"));
            String notice = text(jar, "META-INF/NOTICE");
            assertTrue(notice.contains("Copyright 2007-, Tatu Saloranta"), notice);
            assertTrue(
                    notice.contains("under the following copyright.\n\nCopyright 2018-2020 Raffaello Giulietti"),
                    notice);
            assertFalse(notice.contains("Apache Software Foundation"), "strait is not of the foundation");
        }
    }

    private static String text(ZipFile jar, String name) throws IOException {
        ZipEntry entry = jar.getEntry(name);
        assertTrue(entry != null, () -> "no " + name + " in the jar");
        return new String(jar.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8);
    }
}
