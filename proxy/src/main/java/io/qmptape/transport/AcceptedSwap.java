package io.qmptape.transport;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.unix.Socket;

/** Puts a channel that carries descriptors in place of each accepted one, which no loop has seen yet, on the same socket. */
final class AcceptedSwap extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        EpollDomainSocketChannel accepted = (EpollDomainSocketChannel) message;
        Socket socket = new Socket(accepted.fd().intValue());
        context.fireChannelRead(new DescriptorChannel(context.channel(), socket));
    }
}
