using ProvableSec.Tool.Files;
using ProvableSec.Tool.Terminal;

namespace ProvableSec.Tool.Outputs;

/// <summary>A file that takes answers as they come. When it cannot be written, the rest of them is for the other outputs alone, and <see cref="Commit"/> says
/// why.</summary>
internal sealed class AnswerFile : Stream
{
    private readonly string path;
    private OutputFile? file;
    private CommandConsole? safe;
    private string? failure;

    /// <summary>Begins to write.</summary>
    /// <param name="path">Where.</param>
    public AnswerFile(string path)
    {
        this.path = path;
        Try(() =>
        {
            file = new OutputFile(path);
            safe = new CommandConsole(Null, file.Stream, TextWriter.Null);
        });
    }

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <summary>Puts the file in its place.</summary>
    /// <returns>What is wrong with it; null for nothing.</returns>
    public string? Commit()
    {
        Try(() =>
        {
            safe!.Flush();
            file!.Commit();
        });
        return failure is null ? null : $"{path} cannot be written: {failure}";
    }

    public override void Flush() => Try(() => safe!.Output.Flush());

    public override void Write(byte[] buffer, int offset, int count) => Try(() => safe!.Output.Write(buffer, offset, count));

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            safe?.AbandonOutput();
            file?.Dispose();
        }

        base.Dispose(disposing);
    }

    private void Try(Action write)
    {
        if (failure is not null)
        {
            return;
        }

        try
        {
            write();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            failure = e.Message;
        }
    }
}
