namespace ProvableSec.Tool.Scan;

/// <summary>What a file turned out to be.</summary>
internal enum ScannedKind
{
    Text,
    Binary,
    Archive,
    TooLarge,
    Unreadable,
}
