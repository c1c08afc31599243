namespace ProvableSec.Rules.Policies;

/// <summary>A format of ARNs as the Service Authorization Reference gives it.</summary>
/// <param name="Service">The third field.</param>
/// <param name="Region">The fourth, <c>${Region}</c> where it may be any, empty where there is none.</param>
/// <param name="Account">The fifth.</param>
/// <param name="Resource">The rest.</param>
/// <param name="Text">The whole.</param>
internal sealed record ArnFormat(string Service, string Region, string Account, string Resource, string Text);
