package io.nightshift.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.junit.jupiter.api.Test;

/**
 * FULL_TRANSITIVE without a registry: each contract reads every released one, and every released one reads it. A release
 * is added with {@code -Dreleased.write=VERSION}, as {@code src/test/resources/released/VERSION/TYPE.avsc}; what stands
 * there is never changed.
 */
class CompatibilityTest {

    private static final Path RELEASED = Path.of("src", "test", "resources", "released");
    private static final String WRITE = "released.write";

    @Test
    void everyContractIsFullyCompatibleWithEveryReleasedOne() throws IOException {
        writeWhenAsked();
        List<String> problems = new ArrayList<>();
        List<String> compared = new ArrayList<>();
        for (Path file : released()) {
            Schema old = new Schema.Parser().parse(Files.readString(file));
            compared.add(old.getName());
            Contracts.all().stream()
                    .filter(now -> now.getFullName().equals(old.getFullName()))
                    .findFirst()
                    .ifPresentOrElse(
                            now -> problems.addAll(problems(now, old, file)),
                            () -> problems.add(file + ": the type " + old.getFullName() + " is gone"));
        }
        assertThat(compared).as("released contracts found under %s", RELEASED).contains("ActionEvent", "Incident");
        assertThat(problems).isEmpty();
    }

    @Test
    void aFieldWithoutADefaultIsNoticedInBothDirections() {
        Schema old = SchemaBuilder.record("R").fields().requiredLong("a").endRecord();
        Schema added = SchemaBuilder.record("R")
                .fields()
                .requiredLong("a")
                .requiredLong("b")
                .endRecord();

        assertThat(problems(added, old, RELEASED)).hasSize(1).first().asString().contains("can't read");
        assertThat(problems(old, added, RELEASED)).hasSize(1).first().asString().contains("can't be read");
    }

    @Test
    void everyTypeAndFieldIsDocumentedAndEveryEnumHasTheDefaultUnknown() {
        Set<String> seen = new HashSet<>();
        List<String> problems = new ArrayList<>();
        Contracts.all().forEach(schema -> examine(schema, seen, problems));

        assertThat(seen).hasSizeGreaterThan(60);
        assertThat(problems).isEmpty();
    }

    private static void examine(Schema schema, Set<String> seen, List<String> problems) {
        switch (schema.getType()) {
            case ARRAY -> examine(schema.getElementType(), seen, problems);
            case MAP -> examine(schema.getValueType(), seen, problems);
            case UNION -> schema.getTypes().forEach(branch -> examine(branch, seen, problems));
            case ENUM -> {
                if (seen.add(schema.getFullName())) {
                    undocumented(schema.getFullName(), schema.getDoc(), problems);
                    if (!"UNKNOWN".equals(schema.getEnumDefault())) {
                        problems.add(schema.getFullName() + " does not have the default UNKNOWN");
                    }
                }
            }
            case RECORD -> {
                if (seen.add(schema.getFullName())) {
                    undocumented(schema.getFullName(), schema.getDoc(), problems);
                    for (Schema.Field field : schema.getFields()) {
                        undocumented(schema.getName() + "." + field.name(), field.doc(), problems);
                        examine(field.schema(), seen, problems);
                    }
                }
            }
            default -> {}
        }
    }

    private static void undocumented(String name, String doc, List<String> problems) {
        if (doc == null || doc.isBlank()) {
            problems.add(name + " has no doc");
        }
    }

    private static List<String> problems(Schema now, Schema old, Path file) {
        List<String> problems = new ArrayList<>();
        if (!reads(now, old)) {
            problems.add(now.getName() + " can't read what " + file + " wrote: give each new field a default");
        }
        if (!reads(old, now)) {
            problems.add(now.getName() + " can't be read with " + file + ": keep fields that have no default there");
        }
        return problems;
    }

    private static boolean reads(Schema reader, Schema writer) {
        return SchemaCompatibility.checkReaderWriterCompatibility(reader, writer)
                        .getType()
                == SchemaCompatibilityType.COMPATIBLE;
    }

    private static List<Path> released() throws IOException {
        try (Stream<Path> files = Files.walk(RELEASED)) {
            return files.filter(file -> file.toString().endsWith(".avsc"))
                    .sorted()
                    .toList();
        }
    }

    private static void writeWhenAsked() throws IOException {
        String version = System.getProperty(WRITE);
        if (version == null) {
            return;
        }
        Path folder = RELEASED.resolve(version);
        assertThat(folder).as("a release is written once").doesNotExist();
        Files.createDirectories(folder);
        for (Schema schema : Contracts.all()) {
            Files.writeString(folder.resolve(schema.getName() + ".avsc"), schema.toString(true) + "\n");
        }
    }
}
