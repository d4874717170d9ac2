package io.nightshift.ingest.domain;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * The parts of a CloudEvent (version 1.0) that we read, whatever its mode was. Texts are empty where it has none.
 *
 * @param data its payload; a missing node when it has none
 */
public record CloudEvent(String id, String source, String type, String subject, String time, JsonNode data) {}
