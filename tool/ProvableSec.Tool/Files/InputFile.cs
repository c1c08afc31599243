using Microsoft.Win32.SafeHandles;
using ProvableSec.Policy.Text;

namespace ProvableSec.Tool.Files;

/// <summary>Reads whole files, and says in one sentence why one cannot be read.</summary>
internal static class InputFile
{
    /// <summary>Files may have this many bytes. Streams of cases have no limit; everything that is read whole does.</summary>
    public const int MaxBytes = 64 << 20;

    /// <summary>What standard input is called in messages, and on the command line.</summary>
    public const string StandardInputName = "-";

    /// <summary>Reads a file as text.</summary>
    /// <param name="path">Where it is.</param>
    /// <param name="name">What to call it in messages: the path as the user knows it.</param>
    /// <param name="problem">Why there is no text.</param>
    /// <param name="scope">For a file that the command line does not name itself: which of those are read.</param>
    public static DocumentText? TryRead(string path, string name, out PolicyProblem? problem, InputScope? scope = null)
    {
        using Stream? stream = TryOpen(path, name, out problem, scope);
        return stream is null ? null : TryRead(stream, name, out problem);
    }

    /// <summary>Reads a stream to its end as text.</summary>
    public static DocumentText? TryRead(Stream stream, string name, out PolicyProblem? problem) =>
        TryReadBytes(stream, name, out problem) is { } bytes ? DocumentText.TryDecode(bytes, name, out problem) : null;

    /// <summary>Reads a file as bytes.</summary>
    public static byte[]? TryReadBytes(string path, string name, out PolicyProblem? problem)
    {
        using Stream? stream = TryOpen(path, name, out problem);
        return stream is null ? null : TryReadBytes(stream, name, out problem);
    }

    private static byte[]? TryReadBytes(Stream stream, string name, out PolicyProblem? problem)
    {
        var bytes = new MemoryStream();
        byte[] block = new byte[1 << 16];
        try
        {
            int read;
            while ((read = stream.Read(block)) > 0)
            {
                if (bytes.Length + read > MaxBytes)
                {
                    problem = Unreadable(name, $"is larger than the limit of {MaxBytes >> 20} MB");
                    return null;
                }

                bytes.Write(block, 0, read);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            problem = Unreadable(name, "cannot be read: " + e.Message);
            return null;
        }

        problem = null;
        return bytes.ToArray();
    }

    /// <summary>Opens a file for reading from its beginning to its end.</summary>
    /// <param name="path">Where it is.</param>
    /// <param name="name">What to call it in messages.</param>
    /// <param name="problem">Why it is not opened.</param>
    /// <param name="scope">For a file that the command line does not name itself: which of those are read.</param>
    public static Stream? TryOpen(string path, string name, out PolicyProblem? problem, InputScope? scope = null)
    {
        problem = null;
        if (scope?.Revision is { } revision)
        {
            if (revision.BytesOf(path, out string? why) is { } bytes)
            {
                return new MemoryStream(bytes, writable: false);
            }

            problem = Unreadable(name, why!);
            return null;
        }

        try
        {
            if (scope?.Refusal(path) is { } refusal)
            {
                problem = Unreadable(name, refusal);
                return null;
            }

            if (scope is not null && InputScope.IsEmpty(path))
            {
                return Stream.Null;
            }

            if (Directory.Exists(path))
            {
                problem = Unreadable(name, "is a directory; expected a file");
                return null;
            }

            return new FileStream(path, new FileStreamOptions
            {
                BufferSize = 0,
                Options = FileOptions.SequentialScan,
                Share = FileShare.ReadWrite | FileShare.Delete
            });
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            problem = Unreadable(name, "does not exist");
        }
        catch (UnauthorizedAccessException)
        {
            problem = Unreadable(name, "cannot be read: permission denied");
        }
        catch (Exception e) when (e is IOException or ArgumentException or NotSupportedException)
        {
            problem = Unreadable(name, "cannot be read: " + e.Message);
        }

        return null;
    }

    /// <summary>Opens a file that is known to be there.</summary>
    /// <param name="path">Where it is.</param>
    /// <param name="handle">With which parts of it are read where they are; it goes with the stream.</param>
    /// <exception cref="IOException">It cannot be opened.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static Stream Open(string path, out SafeFileHandle handle)
    {
        handle = File.OpenHandle(path, share: FileShare.ReadWrite | FileShare.Delete);
        try
        {
            return new FileStream(handle, FileAccess.Read, bufferSize: 0);
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    }

    private static PolicyProblem Unreadable(string name, string why) =>
        new(ProblemCode.UnreadableFile, $"{(name == StandardInputName ? "standard input" : name)} {why}", default, "", default, name);
}
