package main

// bucket is where files rest: private, encrypted, reached by TLS alone, and by
// nobody but our functions and who has a link that one of them signed. A key is
// written once, so nothing is ever overwritten and old versions would keep only
// what was deleted because somebody has the right to be forgotten: the bucket
// keeps none. What arrived and was never completed goes by itself, if the sweep
// should not have taken it away (decision 0033).
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/security-best-practices.html
func bucket() block {
	return block{
		{"Files", kept(block{{"Type", "AWS::S3::Bucket"}, {"Properties", block{
			{"PublicAccessBlockConfiguration", block{
				{"BlockPublicAcls", true}, {"BlockPublicPolicy", true}, {"IgnorePublicAcls", true}, {"RestrictPublicBuckets", true},
			}},
			{"OwnershipControls", block{{"Rules", []block{{{"ObjectOwnership", "BucketOwnerEnforced"}}}}}},
			{"BucketEncryption", block{{"ServerSideEncryptionConfiguration", []block{{
				{"ServerSideEncryptionByDefault", block{{"SSEAlgorithm", "AES256"}}},
			}}}}},
			{"LifecycleConfiguration", block{{"Rules", []block{{
				{"Id", "arrived"},
				{"Status", "Enabled"},
				{"Prefix", "uploads/"},
				{"ExpirationInDays", 2},
				{"AbortIncompleteMultipartUpload", block{{"DaysAfterInitiation", 1}}},
			}}}}},
			{"CorsConfiguration", block{{"CorsRules", []block{{
				// Who may send or read is in the signature; a browser brings nothing else along.
				{"AllowedOrigins", []string{"*"}},
				{"AllowedMethods", []string{"GET", "PUT"}},
				{"AllowedHeaders", []string{"content-type", "if-none-match"}},
				{"MaxAge", 3600},
			}}}}},
			{"Tags", tags()},
		}}})},
		{"FilesPolicy", block{{"Type", "AWS::S3::BucketPolicy"}, {"Properties", block{
			{"Bucket", ref("Files")},
			{"PolicyDocument", block{{"Version", "2012-10-17"}, {"Statement", []block{{
				{"Sid", "OnlyByTLS"},
				{"Effect", "Deny"},
				{"Principal", "*"},
				{"Action", "s3:*"},
				{"Resource", []any{att("Files.Arn"), sub("${Files.Arn}/*")}},
				{"Condition", block{{"Bool", block{{"aws:SecureTransport", "false"}}}}},
			}}}}},
		}}}},
	}
}
