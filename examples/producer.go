// Sends the NDJSON on standard input to Millrace and prints what it did with the articles.
package main

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"os"
	"strconv"
	"strings"
	"time"
)

const maxTries = 10

func main() {
	server := strings.TrimSuffix(os.Getenv("MILLRACE_URL"), "/")
	if server == "" {
		server = "http://localhost:8000"
	}
	articles, err := io.ReadAll(os.Stdin)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	for attempt := 1; attempt <= maxTries; attempt++ {
		delay := 1 << attempt
		status, header, body, err := send(server, articles)
		switch {
		case err != nil:
			fmt.Fprintln(os.Stderr, err)
		case status == http.StatusTooManyRequests || status == http.StatusServiceUnavailable:
			if seconds, err := strconv.Atoi(header.Get("Retry-After")); err == nil {
				delay = seconds
			}
		default:
			fmt.Println(body)
			if status >= 300 {
				os.Exit(1)
			}
			return
		}
		time.Sleep(time.Duration(delay) * time.Second)
	}
	os.Exit(1)
}

func send(server string, articles []byte) (int, http.Header, string, error) {
	request, err := http.NewRequest("POST", server+"/api/articles/import", bytes.NewReader(articles))
	if err != nil {
		return 0, nil, "", err
	}
	request.Header.Set("Content-Type", "application/x-ndjson")
	if token := os.Getenv("MILLRACE_TOKEN"); token != "" {
		request.Header.Set("Authorization", "Bearer "+token)
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return 0, nil, "", err
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	return response.StatusCode, response.Header, string(body), err
}
