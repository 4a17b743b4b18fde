package io.qmptape.catalog;

import io.qmptape.protocol.Json;
import java.util.Locale;
import java.util.Optional;

/** What kind of JSON value an argument or a member takes. */
public enum ValueType {
    STRING {
        @Override
        public boolean accepts(Json value) {
            return value instanceof Json.Str;
        }
    },
    /** Whole, in 64 bits, signed or not, and written without point or exponent. */
    INT {
        @Override
        public boolean accepts(Json value) {
            return value instanceof Json.Num number && number.isInteger();
        }
    },
    NUMBER {
        @Override
        public boolean accepts(Json value) {
            return value instanceof Json.Num;
        }
    },
    BOOL {
        @Override
        public boolean accepts(Json value) {
            return value instanceof Json.Bool;
        }
    },
    OBJECT {
        @Override
        public boolean accepts(Json value) {
            return value instanceof Json.Obj;
        }
    },
    ARRAY {
        @Override
        public boolean accepts(Json value) {
            return value instanceof Json.Arr;
        }
    },
    ANY {
        @Override
        public boolean accepts(Json value) {
            return true;
        }
    };

    public abstract boolean accepts(Json value);

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<ValueType> ofWord(String word) {
        for (ValueType type : values()) {
            if (type.word().equals(word)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }
}
