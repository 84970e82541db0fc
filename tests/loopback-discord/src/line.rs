//! A TCP connection that can be torn in the middle of what is sent.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::task::{Context, Poll};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;

/// What a connection may still send, and how it ends. Clones are about the same connection.
#[derive(Clone, Debug)]
pub(crate) struct Line(Arc<Limits>);

#[derive(Debug)]
struct Limits {
    /// So many bytes, and then it breaks.
    left: AtomicUsize,
    /// Whether it ends with a reset (RST) instead of an orderly end (FIN).
    resets: AtomicBool,
}

impl Line {
    pub(crate) fn new() -> Self {
        let limits = Limits { left: AtomicUsize::new(usize::MAX), resets: AtomicBool::new(false) };
        Self(Arc::new(limits))
    }

    /// It breaks after so many more bytes.
    pub(crate) fn break_after(&self, bytes: usize) {
        self.0.left.store(bytes, Ordering::SeqCst);
    }

    /// When it ends, it is reset.
    pub(crate) fn reset_at_end(&self) {
        self.0.resets.store(true, Ordering::SeqCst);
    }
}

/// The stream of such a connection.
#[derive(Debug)]
pub(crate) struct LineStream {
    stream: TcpStream,
    line: Line,
}

impl LineStream {
    pub(crate) fn new(stream: TcpStream, line: Line) -> Self {
        Self { stream, line }
    }
}

impl AsyncRead for LineStream {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(context, buffer)
    }
}

impl AsyncWrite for LineStream {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let left = self.line.0.left.load(Ordering::SeqCst);
        if left == 0 && !bytes.is_empty() {
            return Poll::Ready(Err(io::ErrorKind::BrokenPipe.into()));
        }
        let bytes = &bytes[..bytes.len().min(left)];
        let written = std::task::ready!(Pin::new(&mut self.stream).poll_write(context, bytes))?;
        if left < usize::MAX {
            self.line.0.left.fetch_sub(written, Ordering::SeqCst);
        }
        Poll::Ready(Ok(written))
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}

impl Drop for LineStream {
    fn drop(&mut self) {
        if self.line.0.resets.load(Ordering::SeqCst) {
            // A connection that is gone already cannot be reset.
            drop(self.stream.set_zero_linger());
        }
    }
}
