using ProvableSec.Tool.Files;

namespace ProvableSec.Tool.Trim;

/// <summary>What waits to be written until it is its turn: in memory, or in a file that goes with it when it is much.</summary>
/// <param name="folder">Where that file is made.</param>
internal sealed class Spool(string folder) : Stream
{
    private const int InMemory = 4 << 20;

    private Stream content = new MemoryStream();

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => content.Length;

    public override long Position
    {
        get => content.Length;
        set => throw new NotSupportedException();
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        if (content is MemoryStream memory && memory.Length + buffer.Length > InMemory)
        {
            content = OutputFile.Spill(folder);
            memory.WriteTo(content);
        }

        content.Write(buffer);
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    /// <summary>Writes everything to where it belongs.</summary>
    public void MoveTo(LineOutput output)
    {
        content.Position = 0;
        byte[] block = new byte[1 << 16];
        int read;
        while ((read = content.Read(block)) > 0)
        {
            output.Write(block.AsSpan(0, read));
        }

        output.EndLine();
    }

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            content.Dispose();
        }

        base.Dispose(disposing);
    }
}
