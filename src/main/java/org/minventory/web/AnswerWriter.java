package org.minventory.web;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodReturnValueHandler;
import org.springframework.web.method.support.ModelAndViewContainer;

/** Writes an {@link Answer}. Every answer to a caller varies with who asks and in which language. */
final class AnswerWriter implements HandlerMethodReturnValueHandler {
    @Override
    public boolean supportsReturnType(MethodParameter returnType) {
        return returnType.getParameterType() == Answer.class;
    }

    @Override
    public void handleReturnValue(
            @Nullable Object returned, MethodParameter type, ModelAndViewContainer container, NativeWebRequest request)
            throws IOException {
        container.setRequestHandled(true);
        HttpServletResponse response = request.getNativeResponse(HttpServletResponse.class);
        if (response != null && returned instanceof Answer answer) write(response, answer);
    }

    static void write(HttpServletResponse response, Answer answer) throws IOException {
        response.setStatus(answer.status());
        response.setHeader("Vary", Problems.VARY);
        answer.headers().forEach(response::setHeader);
        Answer.Content content = answer.content();
        if (content == null) writeBytes(response, answer);
        else writeContent(response, content);
    }

    private static void writeBytes(HttpServletResponse response, Answer answer) throws IOException {
        if (answer.status() == 304 || answer.status() == 204) return;
        response.setContentLength(answer.bytes().length);
        response.getOutputStream().write(answer.bytes());
    }

    private static void writeContent(HttpServletResponse response, Answer.Content content) throws IOException {
        if (content.length() >= 0) response.setContentLengthLong(content.length());
        content.writeTo(response.getOutputStream());
    }
}
