using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace ProvableSec.Tool.Files;

/// <summary>What a path leads to, whatever it is called: two paths, links or hard links to one file have the same identity.</summary>
/// <param name="Key">Device and number of the file; of one that is not there, those of the folder it would be in, and its name.</param>
/// <param name="Kind">What it is.</param>
internal readonly record struct FileIdentity(string Key, FileKind Kind)
{
    private const int StandardInput = 0, StandardOutput = 1;

    /// <summary>The identity of what a path leads to.</summary>
    public static FileIdentity Of(string path)
    {
        string full = Path.GetFullPath(Resolved(path)), rest = "";
        if (Status.TryGet(full) is { } file)
        {
            return file;
        }

        if (File.Exists(full) || Directory.Exists(full))
        {
            // Without a way to ask for its number, its name has to do.
            return new FileIdentity(full, Directory.Exists(full) ? FileKind.Folder : full.StartsWith("/dev/", StringComparison.Ordinal) ? FileKind.Device
                : FileKind.File);
        }

        for (string? folder = full; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (Status.TryGet(folder) is { } parent)
            {
                return new FileIdentity(parent.Key + rest, FileKind.Missing);
            }

            rest = "/" + Path.GetFileName(folder) + rest;
        }

        return new FileIdentity(full, FileKind.Missing);
    }

    /// <summary>What standard input is redirected from; null when that cannot be told.</summary>
    public static FileIdentity? OfStandardInput() => Status.TryGet("", StandardInput);

    /// <summary>What standard output is redirected to; null when that cannot be told.</summary>
    public static FileIdentity? OfStandardOutput() => Status.TryGet("", StandardOutput);

    /// <summary>The path that a link leads to in the end, whether something is there or not; the path itself when it is not a link.</summary>
    public static string Resolved(string path)
    {
        if (Status.TryGet(path) is { Kind: FileKind.Pipe or FileKind.Device })
        {
            // What /dev/stdout leads to may have no path of its own.
            return path;
        }

        try
        {
            // A relative name alone is resolved against the root by the runtime.
            return File.ResolveLinkTarget(Path.GetFullPath(path), returnFinalTarget: true)?.FullName ?? path;
        }
        catch (IOException)
        {
            // Links that lead in a circle: opening it says so.
            return path;
        }
    }

    /// <summary>The system call statx of Linux: its record is the same on every architecture (statx(2)).</summary>
    private static class Status
    {
        private const int Size = 256, ModeAt = 28, NumberAt = 32, MajorAt = 136, MinorAt = 140;
        private const int CurrentFolder = -100, EmptyPath = 0x1000;
        private const uint BasicStatus = 0x7FF;
        private const int TypeMask = 0xF000, Regular = 0x8000, Folder = 0x4000, Fifo = 0x1000, Socket = 0xC000;

        public static FileIdentity? TryGet(string path, int descriptor = CurrentFolder)
        {
            if (!OperatingSystem.IsLinux())
            {
                return null;
            }

            byte[] status = new byte[Size];
            try
            {
                if (Get(descriptor, [.. Encoding.UTF8.GetBytes(path), 0], path.Length == 0 ? EmptyPath : 0, BasicStatus, status) != 0)
                {
                    return null;
                }
            }
            catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException)
            {
                return null;
            }

            uint major = BinaryPrimitives.ReadUInt32LittleEndian(status.AsSpan(MajorAt)),
                minor = BinaryPrimitives.ReadUInt32LittleEndian(status.AsSpan(MinorAt));
            ulong number = BinaryPrimitives.ReadUInt64LittleEndian(status.AsSpan(NumberAt));
            return new FileIdentity($"{major}:{minor}:{number}", (BinaryPrimitives.ReadUInt16LittleEndian(status.AsSpan(ModeAt)) & TypeMask) switch
            {
                Regular => FileKind.File,
                Folder => FileKind.Folder,
                Fifo or Socket => FileKind.Pipe,
                _ => FileKind.Device,
            });
        }

        [DllImport("libc", EntryPoint = "statx")]
        private static extern int Get(int folder, byte[] path, int flags, uint mask, [Out] byte[] status);
    }
}
