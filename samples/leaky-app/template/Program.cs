using Amazon;
using Amazon.S3;
using LeakyApp;

using var reports = new AmazonS3Client("{{ACCESS_KEY}}", "{{SECRET_KEY}}", RegionEndpoint.EUWest1);
using AmazonS3Client archive = Archive.Open();
Console.WriteLine($"{reports.Config.RegionEndpoint} {archive.Config.RegionEndpoint}");
