package io.github.strait.format.spo;

import com.google.common.collect.ImmutableList;
import io.github.strait.format.Blocks;
import io.github.strait.json.Json;
import io.github.strait.yaml.YamlException;
import io.github.strait.yaml.YamlReader;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Holds documents against {@code schema.yaml}, as the API server does, but that it says what it drops. */
final class ApiServer {
    private static final YamlReader READER = new YamlReader(32, 100_000);

    private final List<String> objections = new ArrayList<>();

    private ApiServer() {}

    /** What would be refused or dropped, each with its path. */
    static List<String> objections(byte[] document) throws YamlException {
        Json schema = READER.read(Blocks.text("spo/schema.yaml")).documents().get(0);
        List<Json> documents =
                READER.read(new String(document, StandardCharsets.UTF_8)).documents();
        ApiServer server = new ApiServer();
        if (documents.size() != 1) {
            server.objections.add(documents.size() + " documents");
        }
        server.keys("", (Json.Fields) documents.get(0), (Json.Fields) schema);
        return server.objections;
    }

    private void keys(String path, Json.Fields fields, Json.Fields known) {
        for (Json.Member member : fields.members()) {
            Optional<Json> rule = known.find(member.name());
            String at = path + "." + member.name();
            if (rule.isEmpty()) {
                objections.add(at + " is dropped");
            } else {
                value(at, member.value(), (Json.Fields) rule.get());
            }
        }
        for (Json.Member key : known.members()) {
            if (((Json.Fields) key.value()).find("required").isPresent()
                    && fields.find(key.name()).isEmpty()) {
                objections.add(path + "." + key.name() + " is missing");
            }
        }
    }

    private void value(String path, Json value, Json.Fields rule) {
        for (Json.Member each : rule.members()) {
            boolean holds = switch (each.name()) {
                case "required" -> true;
                case "keys" -> value instanceof Json.Fields fields && all(path, fields, each.value());
                case "list" -> value instanceof Json.Items items && all(path, items, each.value());
                case "set" -> value instanceof Json.Items items && all(path, items, each.value()) && isSet(items);
                case "enum" ->
                    ((Json.Items) each.value())
                            .list().stream().map(ApiServer::text).toList().contains(text(value));
                case "pattern" -> value instanceof Json.Text && text(value).matches(text(each.value()));
                case "longest" -> text(value).length() <= number(each.value()).intValueExact();
                case "minimum" -> value instanceof Json.Numeral && number(value).compareTo(number(each.value())) >= 0;
                case "maximum" -> value instanceof Json.Numeral && number(value).compareTo(number(each.value())) <= 0;
                case "least" -> list(value).size() >= number(each.value()).intValueExact();
                case "most" -> list(value).size() <= number(each.value()).intValueExact();
                default -> throw new AssertionError(each.name());
            };
            if (!holds) {
                objections.add(path + " is refused: " + each.name());
            }
        }
    }

    private boolean all(String path, Json.Fields fields, Json known) {
        keys(path, fields, (Json.Fields) known);
        return true;
    }

    private boolean all(String path, Json.Items items, Json rule) {
        items.list().forEach(item -> value(path + "[]", item, (Json.Fields) rule));
        return true;
    }

    private static boolean isSet(Json.Items items) {
        Set<String> seen = new HashSet<>();
        return items.list().stream().map(ApiServer::text).allMatch(seen::add);
    }

    private static ImmutableList<Json> list(Json value) {
        return value instanceof Json.Items items ? items.list() : ImmutableList.of();
    }

    private static String text(Json value) {
        return value instanceof Json.Text text ? text.value() : value.kind();
    }

    private static BigInteger number(Json value) {
        return new BigInteger(((Json.Numeral) value).spelling());
    }
}
