package io.nightshift.investigate.llm.mcp;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.mcp.client.McpToolMetadataKeys;
import dev.langchain4j.model.chat.request.json.JsonBooleanSchema;
import dev.langchain4j.model.chat.request.json.JsonEnumSchema;
import dev.langchain4j.model.chat.request.json.JsonIntegerSchema;
import dev.langchain4j.model.chat.request.json.JsonNumberSchema;
import dev.langchain4j.model.chat.request.json.JsonSchemaElement;
import dev.langchain4j.model.chat.request.json.JsonStringSchema;
import io.nightshift.investigate.domain.Untrusted;
import io.nightshift.investigate.look.Arguments;
import io.nightshift.investigate.look.LookTool.LookException;
import io.nightshift.investigate.look.LookTool.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** What a server says of one of its tools, taken as the data of a stranger. */
record ToolShape(ToolSpecification specification) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int SAID = 300;
    private static final int SAID_OF_PARAMETER = 160;
    private static final int PARAMETERS = 20;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    boolean isReadOnly() {
        return specification.metadata() != null
                && Boolean.TRUE.equals(specification.metadata().get(McpToolMetadataKeys.READ_ONLY_HINT))
                && !Boolean.TRUE.equals(specification.metadata().get(McpToolMetadataKeys.DESTRUCTIVE_HINT));
    }

    /** The server's description as data; empty when it gives none. */
    String said() {
        String description = specification.description();
        return description == null || description.isBlank() ? "" : Untrusted.data(description, SAID);
    }

    /** Parameters whose names are names; the others can't be given. */
    List<Parameter> parameters() {
        List<Parameter> parameters = new ArrayList<>();
        properties().forEach((name, schema) -> {
            if (NAME.matcher(name).matches() && parameters.size() < PARAMETERS) {
                parameters.add(new Parameter(name, words(schema), isRequired(name)));
            }
        });
        return List.copyOf(parameters);
    }

    private Map<String, JsonSchemaElement> properties() {
        return specification.parameters() == null || specification.parameters().properties() == null
                ? Map.of()
                : specification.parameters().properties();
    }

    private boolean isRequired(String name) {
        return specification.parameters().required() != null
                && specification.parameters().required().contains(name);
    }

    private static String words(JsonSchemaElement schema) {
        String said = schema.description() == null || schema.description().isBlank()
                ? ""
                : "; the server says " + Untrusted.data(schema.description(), SAID_OF_PARAMETER);
        if (schema instanceof JsonEnumSchema choice) {
            return "one of " + Untrusted.data(String.join(", ", choice.enumValues()), SAID_OF_PARAMETER) + said;
        }
        return type(schema) + said;
    }

    private static String type(JsonSchemaElement schema) {
        if (schema instanceof JsonStringSchema) {
            return "a text";
        }
        if (schema instanceof JsonIntegerSchema) {
            return "a whole number";
        }
        if (schema instanceof JsonNumberSchema) {
            return "a number";
        }
        return schema instanceof JsonBooleanSchema ? "true or false" : "JSON";
    }

    /** The arguments as a JSON object, each of the type that the server wants. */
    String json(Arguments arguments) throws LookException {
        ObjectNode object = JSON.createObjectNode();
        for (Map.Entry<String, String> argument : arguments.given().entrySet()) {
            put(object, argument.getKey(), argument.getValue(), properties().get(argument.getKey()));
        }
        return object.toString();
    }

    private static void put(ObjectNode object, String name, String value, JsonSchemaElement schema)
            throws LookException {
        try {
            if (schema instanceof JsonStringSchema || schema instanceof JsonEnumSchema) {
                object.put(name, value);
            } else if (schema instanceof JsonIntegerSchema) {
                object.put(name, Long.parseLong(value));
            } else if (schema instanceof JsonNumberSchema) {
                object.put(name, Double.parseDouble(value));
            } else if (schema instanceof JsonBooleanSchema && (value.equals("true") || value.equals("false"))) {
                object.put(name, value.equals("true"));
            } else {
                object.set(name, JSON.readTree(value));
            }
        } catch (NumberFormatException | JsonProcessingException e) {
            throw new LookException("the argument " + name + " must be " + type(schema), e);
        }
    }
}
