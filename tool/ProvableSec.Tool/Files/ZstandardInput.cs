using ProvableSec.Logs.Compressed;
using ZstdSharp;

namespace ProvableSec.Tool.Files;

/// <summary>A file compressed by zstd, decompressed, that must be whole.</summary>
internal sealed class ZstandardInput : ForwardStream
{
    private readonly CountedStream file;
    private readonly DecompressionStream content;
    private readonly ExpansionLimit limit = new();

    public ZstandardInput(Stream file)
    {
        this.file = new CountedStream(file);
        content = new DecompressionStream(this.file, leaveOpen: false);
    }

    /// <exception cref="InvalidDataException">The file is damaged, or a part of one.</exception>
    public override int Read(Span<byte> buffer)
    {
        try
        {
            int read = content.Read(buffer);
            limit.Check(file.Count, read);
            return read;
        }
        catch (EndOfStreamException)
        {
            throw new InvalidDataException("the compressed data break off");
        }
        catch (ZstdException e)
        {
            throw new InvalidDataException("the compressed data are damaged: " + e.Message);
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            content.Dispose();
        }

        base.Dispose(disposing);
    }
}
