using System.Runtime.InteropServices;

namespace ProvableSec.Logs.Scanning;

/// <summary>A part that lines of a template have in common, and where it leads.</summary>
/// <remarks>Its size is a power of two, so that finding one takes no multiplication.</remarks>
[StructLayout(LayoutKind.Sequential, Size = 32)]
internal struct LinePart
{
    /// <summary>Where its bytes are among those of all parts.</summary>
    public int Text;

    /// <summary>How many they are.</summary>
    public int Length;

    /// <summary>A bit for each of them.</summary>
    public uint Mask;

    /// <summary>What follows it.</summary>
    public HoleKind Hole;

    /// <summary>How often that has changed its length soon after it had done so.</summary>
    public byte Changes;

    /// <summary>The line in which it last changed its length.</summary>
    public int Changed;

    /// <summary>How long that was in the line before.</summary>
    public int HoleLength;

    /// <summary>The first of the parts that may come after that; of the last part of a line, its template.</summary>
    public int After;

    /// <summary>The next of the parts that may stand in this one's place; -1 for none.</summary>
    public int Instead;
}
