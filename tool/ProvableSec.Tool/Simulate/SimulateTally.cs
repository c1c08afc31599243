using System.Globalization;
using ProvableSec.Tool.Rendering;
using ProvableSec.Tool.Verdicts;

namespace ProvableSec.Tool.Simulate;

/// <summary>What the cases of a run came to.</summary>
internal sealed class SimulateTally
{
    public long Allowed { get; set; }

    public long Denied { get; set; }

    /// <summary>Cases decided otherwise than they expect.</summary>
    public long Unexpected { get; set; }

    /// <summary>Cases that cannot be read.</summary>
    public long Errors { get; set; }

    /// <summary>Whether there was no case at all: nothing was shown.</summary>
    public bool IsEmpty => Allowed + Denied + Errors == 0;

    public int ExitCode => IsEmpty ? ExitCodes.Undecided
        : ExitCodes.Combine(Errors > 0 ? ExitCodes.BadInput : ExitCodes.Success, Unexpected > 0 ? ExitCodes.Finding : ExitCodes.Success);

    public void Add(SimulateTally other)
    {
        Allowed += other.Allowed;
        Denied += other.Denied;
        Unexpected += other.Unexpected;
        Errors += other.Errors;
    }

    public string Summary(TimeSpan time) => string.Create(
        CultureInfo.InvariantCulture,
        $"{Quantity.Of(Allowed + Denied + Errors, "case")}, {Allowed} allowed, {Denied} denied, {Unexpected} unexpected, {Quantity.Of(Errors, "error")} · "
            + $"{time.TotalSeconds:F2} s");
}
