package io.nightshift.ingest.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nightshift.ingest.domain.Refused;
import java.io.IOException;
import java.io.UncheckedIOException;

/** JSON from outside, read within limits of nesting and length. */
public final class JsonBody {
    private static final int MAX_NESTING = 64;
    private static final int MAX_NUMBER_CHARS = 64;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_NESTING)
                    .maxNumberLength(MAX_NUMBER_CHARS)
                    .build())
            .build();
    private static final ObjectMapper MAPPER = new ObjectMapper(FACTORY);

    private JsonBody() {}

    /**
     * Walks over the text without building anything.
     *
     * @throws Refused when it is not JSON or nested too deeply
     */
    public static void check(byte[] body) {
        try (JsonParser parser = FACTORY.createParser(body)) {
            if (parser.nextToken() == null) {
                throw Refused.malformed("the body is empty; JSON was expected");
            }
            parser.skipChildren();
            if (parser.nextToken() != null) {
                throw Refused.malformed("there is more after the end of the JSON document");
            }
        } catch (JsonProcessingException e) {
            throw malformed(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Reads a document.
     *
     * @throws Refused when it is not JSON or nested too deeply
     */
    public static JsonNode read(byte[] body) {
        check(body);
        try {
            return MAPPER.readTree(body);
        } catch (JsonProcessingException e) {
            throw malformed(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Refused malformed(JsonProcessingException problem) {
        return Refused.malformed("the body is not JSON that can be read (nesting up to " + MAX_NESTING + "): "
                + problem.getOriginalMessage()
                + (problem.getLocation() == null
                        ? ""
                        : " at line " + problem.getLocation().getLineNr() + ", column "
                                + problem.getLocation().getColumnNr()));
    }
}
