namespace ProvableSec.Tool.Scanning;

/// <summary>Where texts come from.</summary>
internal enum ScanSource
{
    Files,
    Staged,
    History,
}
