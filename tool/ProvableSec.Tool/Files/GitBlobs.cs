using System.Text;

namespace ProvableSec.Tool.Files;

/// <summary>Reads files as git has stored them, many in one run of it and without checking anything out.</summary>
internal static class GitBlobs
{
    /// <summary>The contents of objects, by their names; null for one that is missing or over the size limit of files.</summary>
    /// <param name="git">The repository.</param>
    /// <param name="names">Names of blobs.</param>
    /// <returns>Null when git failed.</returns>
    public static Dictionary<string, byte[]?>? Read(GitCommand git, IReadOnlyCollection<string> names)
    {
        var contents = new Dictionary<string, byte[]?>(StringComparer.Ordinal);
        return names.Count == 0 || git.Run(names, stream => Read(stream, contents), "cat-file", "--batch") ? contents : null;
    }

    /// <summary>Reads "object type size LF content LF", gitcat-file(1), to the end.</summary>
    private static void Read(Stream stream, Dictionary<string, byte[]?> contents)
    {
        using var input = new BufferedStream(stream, 1 << 16);
        while (Header(input) is { } header)
        {
            string[] parts = header.Split(' ');
            if (parts.Length != 3 || !long.TryParse(parts[2], out long size))
            {
                // "object missing".
                contents[parts[0]] = null;
                continue;
            }

            if (size > InputFile.MaxBytes)
            {
                contents[parts[0]] = null;
                Skip(input, size + 1);
                continue;
            }

            byte[] content = new byte[size];
            if (input.ReadAtLeast(content, content.Length, throwOnEndOfStream: false) < content.Length)
            {
                return;
            }

            input.ReadByte();
            contents[parts[0]] = content;
        }
    }

    private static string? Header(Stream input)
    {
        var line = new StringBuilder();
        for (int value; (value = input.ReadByte()) >= 0; line.Append((char)value))
        {
            if (value == '\n')
            {
                return line.ToString();
            }
        }

        return null;
    }

    private static void Skip(Stream input, long count)
    {
        byte[] buffer = new byte[64 << 10];
        while (count > 0 && input.Read(buffer, 0, (int)Math.Min(count, buffer.Length)) is > 0 and var read)
        {
            count -= read;
        }
    }
}
