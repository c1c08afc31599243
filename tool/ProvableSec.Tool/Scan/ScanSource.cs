namespace ProvableSec.Tool.Scan;

/// <summary>Where texts come from.</summary>
internal enum ScanSource
{
    Files,
    Staged,
    History,
}
