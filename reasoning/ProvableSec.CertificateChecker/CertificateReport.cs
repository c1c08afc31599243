namespace ProvableSec.CertificateChecker;

/// <summary>A policy in a certificate.</summary>
/// <param name="Name">The file it was read from; empty when it was none of its own.</param>
/// <param name="Text">Its text, of which the certificate speaks whatever stands in the file now.</param>
public sealed record CertificateDocument(string Name, string Text);

/// <summary>What became of checking a certificate.</summary>
/// <param name="IsValid">True when every part of it was confirmed: then the claim holds.</param>
/// <param name="Problem">Why it was refused, without a final stop; empty when it is valid.</param>
/// <param name="Claim">What it claims, in a sentence; empty when that could not be read.</param>
/// <param name="Given">The assumptions about the world that the claim rests on.</param>
/// <param name="Documents">The policies that it is about.</param>
/// <param name="Clauses">How many clauses it takes from the policies and assumptions.</param>
/// <param name="Lemmas">How many facts about values it uses.</param>
/// <param name="Steps">How many steps it takes.</param>
public sealed record CertificateReport(
    bool IsValid,
    string Problem,
    string Claim,
    IReadOnlyList<string> Given,
    IReadOnlyList<CertificateDocument> Documents,
    int Clauses,
    int Lemmas,
    int Steps);
