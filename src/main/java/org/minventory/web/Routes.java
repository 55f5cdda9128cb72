package org.minventory.web;

import java.util.Map;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** All routes with what they declare. A route that declares nobody fails the start. */
public final class Routes implements SmartInitializingSingleton {
    private final RequestMappingHandlerMapping mapping;

    public Routes(RequestMappingHandlerMapping mapping) {
        this.mapping = mapping;
    }

    /** Reads every declaration once, when the rooms stand and before the door opens. */
    @Override
    public void afterSingletonsInstantiated() {
        all().values().forEach(Route::of);
    }

    /** Every route that is mapped, with its handler. */
    public Map<RequestMappingInfo, HandlerMethod> all() {
        return mapping.getHandlerMethods();
    }
}
