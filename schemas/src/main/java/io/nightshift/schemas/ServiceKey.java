package io.nightshift.schemas;

import io.nightshift.events.EntityRef;
import io.nightshift.events.Resource;

/**
 * Names a service as every key does: {@code environment/namespace/service}. A busy service may be spread over sub-keys
 * {@code environment/namespace/service~k}; {@link #parse} drops the suffix.
 */
public record ServiceKey(String environment, String namespace, String service) {

    private static final char SPREAD = '~';

    public ServiceKey {
        environment = part(environment);
        namespace = part(namespace);
        service = part(service);
    }

    public static ServiceKey of(Resource resource) {
        return new ServiceKey(resource.getEnvironment(), resource.getNamespace(), resource.getService());
    }

    public static ServiceKey of(EntityRef entity) {
        return new ServiceKey(entity.getEnvironment(), entity.getNamespace(), entity.getService());
    }

    /**
     * Reads a key back.
     *
     * @throws IllegalArgumentException when the text does not have the form {@code environment/namespace/service}
     */
    public static ServiceKey parse(String text) {
        int first = text.indexOf('/');
        int last = text.lastIndexOf('/');
        if (first < 0 || first == last) {
            throw new IllegalArgumentException("'" + text + "' is not of the form environment/namespace/service");
        }
        int end = text.indexOf(SPREAD, last);
        return new ServiceKey(
                text.substring(0, first),
                text.substring(first + 1, last),
                text.substring(last + 1, end < 0 ? text.length() : end));
    }

    /** The record key of one of {@code ways} sub-keys, chosen by instance, so that a busy service uses several partitions. */
    public String spread(String instance, int ways) {
        return ways <= 1 || instance == null
                ? toString()
                : toString() + SPREAD + Math.floorMod(instance.hashCode(), ways);
    }

    public EntityRef entity() {
        return entity(null);
    }

    public EntityRef entity(String instance) {
        return new EntityRef(environment, namespace, service, instance, null);
    }

    @Override
    public String toString() {
        return environment + "/" + namespace + "/" + service;
    }

    /** Slashes separate the parts and a tilde the sub-key, so neither may stand inside a part. */
    private static String part(String text) {
        return text == null ? "" : text.replace('/', '_').replace(SPREAD, '_');
    }
}
