namespace ProvableSec.Tool.Files;

/// <summary>What a path leads to.</summary>
internal enum FileKind
{
    /// <summary>Nothing yet.</summary>
    Missing,

    /// <summary>A file with content that stays.</summary>
    File,

    /// <summary>A folder.</summary>
    Folder,

    /// <summary>A FIFO or a socket: what is written goes to whoever reads it.</summary>
    Pipe,

    /// <summary>A device, such as a terminal or <c>/dev/null</c>.</summary>
    Device,
}
