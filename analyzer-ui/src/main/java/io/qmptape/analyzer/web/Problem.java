package io.qmptape.analyzer.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.qmptape.analyzer.query.QuerySyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * An error as the API tells it (RFC 9457).
 *
 * @param position of a query's first bad character, from 0; absent for other problems
 * @param length how many characters are bad
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Problem(
        String type,
        String title,
        int status,
        String detail,
        String instance,
        @Nullable Integer position,
        @Nullable Integer length) {
    static final String MEDIA_TYPE = "application/problem+json";

    static Problem of(int status, String title, String detail, String instance) {
        return new Problem("about:blank", title, status, detail, instance, null, null);
    }

    static Problem of(Refusal refusal, String instance) {
        return of(refusal.status(), refusal.title(), refusal.detail(), instance);
    }

    static Problem of(QuerySyntaxException fault, String instance) {
        String detail = fault.getMessage() == null ? "It cannot be read." : fault.getMessage();
        return new Problem(
                "urn:qmptape:problem:query",
                "The query cannot be read",
                400,
                detail,
                instance,
                fault.position(),
                fault.length());
    }
}
